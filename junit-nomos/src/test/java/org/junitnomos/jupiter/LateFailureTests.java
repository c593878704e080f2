package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.jupiter.Fixtures.Green;
import org.junitnomos.jupiter.Fixtures.Quick;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Resources of other extensions fail to close in the same store, when no callback is told of it any more. */
class LateFailureTests implements LeavesNothing {
    private static final Namespace OTHERS = Namespace.create(LateFailureTests.class);

    @TempDir
    Path directory;

    private static AutoCloseable resource() {
        return () -> {
            throw new AssertionFailedError("the resource cannot be closed");
        };
    }

    static final class OfTheTest implements BeforeEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) {
            context.getStore(OTHERS).put("resource", resource());
        }
    }

    static final class OfTheClass implements AfterAllCallback {
        @Override
        public void afterAll(ExtensionContext context) {
            context.getStore(OTHERS).put("resource", resource());
        }
    }

    @ExtendWith(OfTheTest.class)
    @Quick
    @Expect(Green.class)
    static class Before {
        Before(Cluster cluster) {}

        @Test
        void a(Cluster cluster) {}
    }

    @Quick
    @Expect(Green.class)
    @ExtendWith(OfTheTest.class)
    static class After {
        @Test
        void a(Cluster cluster) {}
    }

    @Test
    void failTheRunOfATest() {
        for (var type : new Class<?>[] {Before.class, After.class}) {
            var outcome = kit().with(
                            "nomos.directory",
                            directory.resolve(type.getSimpleName()).toString())
                    .execute(type);
            var failure = outcome.failureOf("a(");
            assertThat(failure).hasStackTraceContaining("the resource cannot be closed");
            assertThat(failure.getSuppressed())
                    .anySatisfy(each -> assertThat(each).hasMessageContaining("seed 4711; replay: mvn test -Dtest="));
            assertThat(Endings.in(directory.resolve(type.getSimpleName()))).containsExactly("FAILED, kept");
            assertThat(Endings.report(directory.resolve(type.getSimpleName())).toString())
                    .contains("the resource cannot be closed");
            assertThat(outcome.reportEntries())
                    .singleElement()
                    .satisfies(entries -> assertThat(entries).containsEntry("nomos.verdict", "FAILED"));
        }
    }

    @Quick
    @Expect(Green.class)
    @ExtendWith(OfTheTest.class)
    static class OfNodes {
        @ScenarioTest
        void a(Cluster cluster) {}
    }

    @Test
    void failTheRunOfAScenario() {
        kit().with("nomos.directory", directory.toString()).execute(OfNodes.class);
        assertThat(Endings.in(directory)).containsExactly("FAILED, kept");
    }

    @Quick
    @ScenarioOptions(run = RunScope.CLASS)
    @ExtendWith(OfTheTest.class)
    static class OfOneMethod {
        @Test
        void a(Cluster cluster) {}
    }

    @Test
    void ofOneMethodFailTheRunThatSpansTheClass() {
        kit().with("nomos.directory", directory.toString()).execute(OfOneMethod.class);
        assertThat(Endings.in(directory)).containsExactly("FAILED, kept");
    }

    @Quick
    @Expect(Green.class)
    @ExtendWith(OfTheTest.class)
    static class Aborted {
        @Test
        void a(Cluster cluster) {
            throw new TestAbortedException("no licence");
        }
    }

    @Test
    void countMoreThanAnAssumption() {
        kit().with("nomos.directory", directory.toString()).execute(Aborted.class);
        assertThat(Endings.in(directory)).containsExactly("FAILED, kept");
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    @Topology(validators = 1, backend = "scripted", scope = ClusterScope.CLASS)
    @RunFor("1m")
    @ExtendWith(OfTheTest.class)
    static class Shared {
        @Test
        void a(Cluster cluster) {}

        @Test
        void b(Cluster cluster) {}
    }

    @Test
    void leaveASharedClusterToNobody() {
        kit().with("nomos.directory", directory.toString()).execute(Shared.class);
        assertThat(Endings.in(directory)).containsExactly("FAILED, kept", "FAILED, kept");
        assertThat(ScriptedBackends.deploys()).hasSize(2);
    }

    // ---- classes and factories: only listeners of a launcher hear how they end

    @Quick
    @Expect(Green.class)
    @ScenarioOptions(run = RunScope.CLASS)
    @ExtendWith(OfTheClass.class)
    static class Spanning {
        @Test
        void a(Cluster cluster) {}

        @ExpectationNodes
        void expectations() {}
    }

    @Quick
    @Expect(Green.class)
    @ExtendWith(OfTheTest.class)
    static class Factory {
        @TestFactory
        DynamicTest a(Cluster cluster) {
            return DynamicTest.dynamicTest("b", () -> {});
        }
    }

    @Test
    void ofAClassOrAFactoryFailTheRunUnderALauncher() {
        for (var type : new Class<?>[] {Spanning.class, Factory.class}) {
            var here = directory.resolve(type.getSimpleName());
            assertThat(launch(type, here)).containsValue(TestExecutionResult.Status.FAILED);
            assertThat(Endings.in(here)).containsExactly("FAILED, kept");
        }
    }

    @Test
    void withoutALauncherNobodyIsTold() {
        kit().with("nomos.directory", directory.toString()).execute(Spanning.class);
        assertThat(Endings.in(directory)).containsExactly("PASSED, dropped");
    }

    private static Map<String, TestExecutionResult.Status> launch(Class<?> type, Path directory) {
        var ends = new ConcurrentHashMap<String, TestExecutionResult.Status>();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(type))
                .configurationParameter("nomos.seed", "4711")
                .configurationParameter("nomos.progress", "off")
                .configurationParameter("nomos.directory", directory.toString())
                .build();
        return NomosTestKit.withBackends(() -> {
            try (var session = LauncherFactory.openSession()) {
                session.getLauncher().execute(request, new TestExecutionListener() {
                    @Override
                    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                        ends.put(test.getDisplayName(), result.getStatus());
                    }
                });
            }
            return ends;
        });
    }
}
