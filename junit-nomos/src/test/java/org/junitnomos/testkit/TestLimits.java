package org.junitnomos.testkit;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junitnomos.time.Allowance;
import org.junitnomos.time.DurationText;

/**
 * Interrupts every test that hangs: after a minute, or what {@link TestLimit} says, and on a busy machine after as much
 * more as its pace needs. JUnit finds it by itself; a {@code @Timeout} is left to JUnit.
 */
public final class TestLimits implements InvocationInterceptor {
    private static final String USUAL = "tests.limit";
    private static final boolean DEBUGGED = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .anyMatch(option -> option.contains("jdwp"));

    @Override
    public void interceptTestMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        within(test, method, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        within(test, method, context);
    }

    @Override
    public <T> T interceptTestFactoryMethod(
            Invocation<T> factory, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        return within(factory, method, context);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> test, DynamicTestInvocationContext invocation, ExtensionContext context) throws Throwable {
        within(test, context.getDisplayName(), usual(context));
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<Void> before, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        within(before, method, context);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> before, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        within(before, method, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> after, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        within(after, method, context);
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<Void> after, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        within(after, method, context);
    }

    private static <T> T within(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> called, ExtensionContext context)
            throws Throwable {
        var method = called.getExecutable();
        return within(invocation, method.getName() + "()", limit(method, called.getTargetClass(), context));
    }

    /** Return the limit; null if JUnit has one of its own. */
    private static @Nullable Duration limit(Method method, Class<?> type, ExtensionContext context) {
        if (AnnotationSupport.isAnnotated(method, Timeout.class)) {
            return null;
        }
        Optional<TestLimit> limit = AnnotationSupport.findAnnotation(method, TestLimit.class);
        for (Class<?> each = type; each != null && limit.isEmpty(); each = each.getEnclosingClass()) {
            if (AnnotationSupport.isAnnotated(each, Timeout.class)) {
                return null;
            }
            limit = AnnotationSupport.findAnnotation(each, TestLimit.class);
        }
        return limit.map(found -> Duration.ofSeconds(found.value())).orElseGet(() -> usual(context));
    }

    private static Duration usual(ExtensionContext context) {
        return DurationText.parse(context.getConfigurationParameter(USUAL).orElse("60 s"));
    }

    private static <T> T within(Invocation<T> invocation, String name, @Nullable Duration limit) throws Throwable {
        if (limit == null || DEBUGGED) {
            return invocation.proceed();
        }
        return within(invocation, name, Allowance.ofRealTime(limit));
    }

    static <T> T within(Invocation<T> invocation, String name, Allowance allowance) throws Throwable {
        var watch = new TestWatch(Thread.currentThread(), name, allowance);
        T result;
        try {
            result = invocation.proceed();
        } catch (Throwable e) {
            TimeoutException late = watch.end();
            if (late == null) {
                throw e;
            }
            late.addSuppressed(e);
            throw late;
        }
        TimeoutException late = watch.end();
        if (late != null) {
            throw late;
        }
        return result;
    }
}
