package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.scenario.RunContext;

/** The extension with nothing scripted: dev nodes, built-in workload and expectations. */
class EmbeddedExtensionTests {
    @TempDir
    Path directory;

    @Topology(validators = 3, executors = 1)
    @Wallets(50)
    @Transactions(rate = 5, users = 20)
    @RunFor("10m")
    @Expect(ConsensusLiveness.class)
    @ExpectInclusion
    @ExpectSafety
    @ExpectHeightConvergence
    static class SteadyStateScenario {
        @ScenarioTest
        void survivesOneRestart(RunContext run, NodeControl nodes) throws InterruptedException {
            run.clock().sleep(Duration.ofMinutes(4));
            nodes.restart("validator-1");
        }
    }

    private NomosTestKit kitHere() {
        return kit().with("nomos.directory", directory.toString());
    }

    @Test
    void aSteadyClusterSurvivesARestart() {
        assertThat(kitHere().execute(SteadyStateScenario.class).tests())
                .containsExactly(
                        "run 10 min on 3 validators, 1 executor, embedded SUCCESSFUL",
                        "expect consensus liveness SUCCESSFUL",
                        "expect transaction inclusion SUCCESSFUL",
                        "expect safety SUCCESSFUL",
                        "expect height convergence SUCCESSFUL");
    }

    @Test
    void twoRunsOfOneSeedHaveOneJournal() {
        kitHere().execute(SteadyStateScenario.class);
        kitHere().execute(SteadyStateScenario.class);
        var scenario = directory.resolve("EmbeddedExtensionTests.SteadyStateScenario.survivesOneRestart");
        assertThat(scenario.resolve("1").resolve("journal.jsonl"))
                .hasSameTextualContentAs(scenario.resolve("2").resolve("journal.jsonl"));
    }

    @Topology(validators = 2)
    @RunFor("1m")
    @ExpectConsensusLiveness
    static class BlindContext {
        private static ClassLoader blind;

        @BeforeAll
        static void blind() {
            Thread.currentThread().setContextClassLoader(blind);
        }

        @ScenarioTest
        void asks(Cluster cluster) {
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(blind);
            cluster.nodes().get(0).client().cryptarchiaInfo();
        }
    }

    /** As in threads of other frameworks, which see none of the providers on the class path. */
    @Test
    void runsUnderAContextClassLoaderThatSeesNothing() {
        for (var loader : new ClassLoader[] {ClassLoader.getPlatformClassLoader(), null}) {
            BlindContext.blind = loader;
            assertThat(kitHere().execute(BlindContext.class).tests())
                    .as(String.valueOf(loader))
                    .containsExactly(
                            "run 1 min on 2 validators, embedded SUCCESSFUL", "expect consensus liveness SUCCESSFUL");
        }
    }

    @Topology(validators = 2, slot = "200ms", urls = true)
    @RunFor("1s")
    static class ReachedByUrl {
        @FromNode("validator-1")
        URI field;

        @Test
        void byAnyClient(@FromNode("validator-1") URI parameter, Cluster cluster, RunContext run) throws Exception {
            assertThat(parameter)
                    .isEqualTo(field)
                    .isEqualTo(cluster.node("validator-1").url());
            assertThat(run.clock().isVirtual()).isFalse();
            var answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(parameter + "/cryptarchia/info"))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aNodeIsReachedByItsUrl() {
        assertThat(kitHere().execute(ReachedByUrl.class).tests())
                .containsExactly("byAnyClient(URI, Cluster, RunContext) SUCCESSFUL");
    }

    @Topology(validators = 2)
    @RunFor("20s")
    static class WithoutUrls {
        @Test
        void hasNone(@FromNode URI url) {}
    }

    @Test
    void aNodeWithoutUrlSaysHowToAskForOne() {
        assertThat(kitHere().execute(WithoutUrls.class).failureOf("hasNone"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageEndingWith("(1) the parameter of type URI in EmbeddedExtensionTests.WithoutUrls.hasNone() is"
                        + " a URL of nodes that listen on no port, expected nodes on ports of the loopback, or those of"
                        + " another backend. Set @Topology(urls = true), or urls(true) in code, which runs in real"
                        + " time; or take a NodeClient.");
    }

    @Topology(validators = 2)
    @RunFor("20s")
    static class Evident {
        @Test
        void holds() {}

        @Test
        @Timeout(value = 300, unit = TimeUnit.MILLISECONDS)
        void hangs() throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    @Test
    void attachesItsFilesToTheTest() throws IOException {
        var output = Files.createDirectories(directory.resolve("out"));
        var outcome = kitHere().withOutput(output).execute(Evident.class);
        assertThat(outcome.tests()).containsExactlyInAnyOrder("holds() SUCCESSFUL", "hangs() FAILED");
        assertThat(outcome.files())
                .contains(
                        "holds()/journal.jsonl",
                        "holds()/report.html",
                        "hangs()/journal.jsonl",
                        "hangs()/timeout-threads.txt",
                        "hangs()/nodes")
                .doesNotContain("holds()/nodes");
    }
}
