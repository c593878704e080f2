package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.extension.TestInstancePreDestroyCallback;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.jupiter.Fixtures.Green;
import org.junitnomos.jupiter.Fixtures.Quick;
import org.opentest4j.AssertionFailedError;

/** Callbacks of other extensions fail, of those registered before ours and of those registered after it. */
class OtherExtensionsTests implements LeavesNothing {
    @TempDir
    Path directory;

    private static AssertionFailedError failure(ExtensionContext context) {
        return new AssertionFailedError("the other extension says no");
    }

    static final class AfterEach implements AfterEachCallback {
        @Override
        public void afterEach(ExtensionContext context) {
            throw failure(context);
        }
    }

    static final class AfterTest implements AfterTestExecutionCallback {
        @Override
        public void afterTestExecution(ExtensionContext context) {
            throw failure(context);
        }
    }

    static final class BeforeEach implements BeforeEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) {
            throw failure(context);
        }
    }

    static final class BeforeTest implements BeforeTestExecutionCallback {
        @Override
        public void beforeTestExecution(ExtensionContext context) {
            throw failure(context);
        }
    }

    static final class PreDestroy implements TestInstancePreDestroyCallback {
        @Override
        public void preDestroyTestInstance(ExtensionContext context) {
            throw failure(context);
        }
    }

    static final class PostProcess implements TestInstancePostProcessor {
        @Override
        public void postProcessTestInstance(Object instance, ExtensionContext context) {
            throw failure(context);
        }

        @Override
        public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
            return ExtensionContextScope.TEST_METHOD;
        }
    }

    /** Fails around the body, which ended well. */
    static final class Around implements InvocationInterceptor {
        @Override
        public void interceptTestMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            invocation.proceed();
            throw failure(context);
        }
    }

    @ExtendWith(AfterEach.class)
    @Quick
    @Expect(Green.class)
    static class AfterEachFirst {
        @Test
        void a(Cluster cluster) {}
    }

    @Quick
    @Expect(Green.class)
    @ExtendWith(AfterEach.class)
    static class AfterEachLast {
        @Test
        void a(Cluster cluster) {}
    }

    @ExtendWith(AfterTest.class)
    @Quick
    @Expect(Green.class)
    static class AfterTestFirst {
        @Test
        void a(Cluster cluster) {}
    }

    @Quick
    @Expect(Green.class)
    @ExtendWith(AfterTest.class)
    static class AfterTestLast {
        @Test
        void a(Cluster cluster) {}
    }

    @ExtendWith(BeforeEach.class)
    @Quick
    @Expect(Green.class)
    static class BeforeEachFirst {
        BeforeEachFirst(Cluster cluster) {}

        @Test
        void a(Cluster cluster) {}
    }

    @Quick
    @Expect(Green.class)
    @ExtendWith(BeforeEach.class)
    static class BeforeEachLast {
        @Test
        void a(Cluster cluster) {}
    }

    @ExtendWith(BeforeTest.class)
    @Quick
    @Expect(Green.class)
    static class BeforeTestFirst {
        @Test
        void a(Cluster cluster) {}
    }

    @Quick
    @Expect(Green.class)
    @ExtendWith(BeforeTest.class)
    static class BeforeTestLast {
        @Test
        void a(Cluster cluster) {}
    }

    @Quick
    @Expect(Green.class)
    @ExtendWith(PreDestroy.class)
    static class Destroyed {
        @Test
        void a(Cluster cluster) {}
    }

    @Quick
    @Expect(Green.class)
    @ExtendWith(PostProcess.class)
    static class Processed {
        Processed(Cluster cluster) {}

        @Test
        void a(Cluster cluster) {}
    }

    @Quick
    @Expect(Green.class)
    @ExtendWith(Around.class)
    static class Inside {
        @Test
        void a(Cluster cluster) {}
    }

    @ExtendWith(Around.class)
    @Quick
    @Expect(Green.class)
    static class Outside {
        @Test
        void a(Cluster cluster) {}
    }

    @Quick
    @Expect(Green.class)
    static class Constructed {
        Constructed(Cluster cluster) {
            throw failure(null);
        }

        @Test
        void a(Cluster cluster) {}
    }

    static Stream<Class<?>> classes() {
        return List.<Class<?>>of(
                AfterEachFirst.class,
                AfterEachLast.class,
                AfterTestFirst.class,
                AfterTestLast.class,
                BeforeEachFirst.class,
                BeforeEachLast.class,
                BeforeTestFirst.class,
                BeforeTestLast.class,
                Destroyed.class,
                Processed.class,
                Inside.class,
                Outside.class,
                Constructed.class)
                .stream();
    }

    @ParameterizedTest
    @MethodSource("classes")
    void failTheRun(Class<?> type) {
        var outcome = kit().with("nomos.directory", directory.toString()).execute(type);
        var failure = outcome.failureOf("a(");
        assertThat(failure).hasStackTraceContaining("the other extension says no");
        assertThat(failure.getSuppressed())
                .filteredOn(each -> each.getMessage().startsWith("run of "))
                .singleElement()
                .satisfies(each -> assertThat(each).hasMessageContaining("seed 4711; replay: mvn test -Dtest="));
        assertThat(Endings.in(directory)).containsExactly("FAILED, kept");
        assertThat(outcome.reportEntries())
                .singleElement()
                .satisfies(entries -> assertThat(entries).containsEntry("nomos.verdict", "FAILED"));
    }
}
