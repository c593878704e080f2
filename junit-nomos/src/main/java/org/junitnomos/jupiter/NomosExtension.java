package org.junitnomos.jupiter;

import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.PreInterruptCallback;
import org.junit.jupiter.api.extension.PreInterruptContext;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.JUnitException;
import org.junitnomos.scenario.Scenario;

/**
 * Runs JUnit Jupiter tests as scenarios on a Nomos cluster.
 *
 * <p>Every annotation of this package registers it. A plan that is built in code is registered by a static field:
 * <pre>{@code
 * @RegisterExtension
 * static final NomosExtension NOMOS = NomosExtension.scenario(Scenario.builder().validators(3).build());
 * }</pre>
 * <p>It injects parameters and {@link InjectCluster} fields of the types {@code Cluster}, {@code RunContext}, {@code
 * NodeControl}, {@code BlockFeed}, {@code Journal}, {@code ScenarioClock}, {@code Scenario}, {@code TopologySpec},
 * {@code Genesis}, {@code NodeClient} and {@code NodeHandle} (see {@link FromNode}), and lists of {@code Wallet},
 * {@code NodeHandle} and {@code NodeClient}. The cluster is deployed when the first of them is needed, or else before
 * the test body.
 *
 * <p>Has no state of its own but the plan; safe for parallel execution.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class NomosExtension
        implements BeforeAllCallback,
                AfterAllCallback,
                BeforeClassTemplateInvocationCallback,
                AfterClassTemplateInvocationCallback,
                BeforeEachCallback,
                AfterEachCallback,
                BeforeTestExecutionCallback,
                AfterTestExecutionCallback,
                TestInstancePreConstructCallback,
                ParameterResolver,
                TestTemplateInvocationContextProvider,
                ClassTemplateInvocationContextProvider,
                InvocationInterceptor,
                ExecutionCondition,
                PreInterruptCallback,
                TestWatcher {
    private final @Nullable Scenario registered;

    /** Creates the extension for the plan that annotations describe; JUnit calls this. */
    public NomosExtension() {
        this.registered = null;
    }

    private NomosExtension(Scenario registered) {
        this.registered = registered;
    }

    /**
     * Creates the extension for a plan that is built in code; annotations on class and method refine it.
     *
     * @param scenario the plan
     * @return to be kept in a static field with {@code @RegisterExtension}
     */
    public static NomosExtension scenario(Scenario scenario) {
        return new NomosExtension(Objects.requireNonNull(scenario, "scenario"));
    }

    Optional<Scenario> registered() {
        return Optional.ofNullable(registered);
    }

    private boolean isActive(ExtensionContext context) {
        return !Runs.isPassive(this, context);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var chosen = ChosenTest.condition(context);
        if (chosen.isDisabled()) {
            return chosen;
        }
        return context.getTestMethod().isPresent() && isActive(context)
                ? Environment.condition(Runs.outline(context).scenario(), Environment.settings(context))
                : ConditionEvaluationResult.enabled("asked for every method");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isActive(context)) {
            Runs.readRegistered(context);
            if (!Sweeps.isAround(context)) {
                Environment.checkForAll(context);
                Lifecycle.beforeClass(context);
            }
        }
    }

    @Override
    public void beforeClassTemplateInvocation(ExtensionContext context) {
        if (isActive(context)) {
            Lifecycle.beforeClass(context);
        }
    }

    @Override
    public void afterClassTemplateInvocation(ExtensionContext context) {
        if (isActive(context)) {
            Lifecycle.afterClass(context);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (isActive(context) && !Sweeps.isAround(context)) {
            Lifecycle.afterClass(context);
        }
        ChosenTest.requireMet(context);
    }

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return isActive(context) && Sweeps.isSupported(context);
    }

    @Override
    public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(ExtensionContext context) {
        return Sweeps.provide(context);
    }

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return isActive(context) && TestNode.isSupported(context);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        return TestNode.provide(context);
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        if (!isActive(context)) {
            return;
        }
        if (context.getTestMethod().isPresent()) {
            Runs.lastWord(context);
        } else {
            Lifecycle.openClass(context); // an instance for the whole class is made before beforeAll
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Runs.requireRegistered(registered(), context);
        if (isActive(context)) {
            Lifecycle.beforeEach(context);
        }
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        if (isActive(context)) {
            Lifecycle.beforeTest(context);
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws Exception {
        if (isActive(context)) {
            Lifecycle.afterTest(context);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (isActive(context)) {
            Lifecycle.afterEach(context);
        }
    }

    @Override
    public void beforeThreadInterrupt(PreInterruptContext interrupt, ExtensionContext context) {
        if (isActive(context)) {
            Lifecycle.beforeInterruption(interrupt.getThreadToInterrupt(), context);
        }
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        ended(context, null);
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        ended(context, cause);
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        ended(context, cause);
    }

    private static void ended(ExtensionContext context, @Nullable Throwable cause) {
        try {
            AfterLastWord.ended(context, Optional.ofNullable(cause));
        } catch (Exception e) {
            throw new JUnitException("the end of the run of " + context.getDisplayName(), e); // JUnit logs it
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        intercept(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        intercept(invocation, context);
    }

    @Override
    public <T> @Nullable T interceptTestFactoryMethod(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        return isActive(context) ? Lifecycle.factory(invocation, context) : invocation.proceed();
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context) throws Throwable {
        intercept(invocation, Runs.factoryOf(context));
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Lifecycle.aroundEach(invocation, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Lifecycle.aroundEach(invocation, context);
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Lifecycle.aroundAll(invocation, context);
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Lifecycle.aroundAll(invocation, context);
    }

    private <T> @Nullable T intercept(Invocation<T> invocation, ExtensionContext context) throws Throwable {
        return isActive(context) ? Lifecycle.body(invocation, context) : invocation.proceed();
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return isActive(context) && !Sweeps.isArgument(parameter, context) && Injection.supports(parameter);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            Lifecycle.openClass(context);
        }
        Runs.classRunEntry(context).ifPresent(ClassRun::check);
        return Injection.value(parameter, Runs.run(context));
    }
}
