package org.junitnomos.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.client.HttpTransport.Purpose;
import org.junitnomos.client.HttpTransport.Request;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.time.Timeline;

class EmbeddedStreamTests {
    @TempDir
    Path directory;

    private EmbeddedClusterFixture cluster;

    @BeforeEach
    void createTimeline() {
        cluster = new EmbeddedClusterFixture(directory);
    }

    @AfterEach
    void closeTimeline() {
        cluster.close();
    }

    private static LineStream open(EmbeddedDeployment deployment) throws IOException {
        return (LineStream) deployment
                .transport()
                .exchange(new Request(
                        "validator-0",
                        "GET",
                        "http://validator-0.nomos.test/ticks",
                        new byte[0],
                        "",
                        Purpose.STREAM,
                        Timeline.FOREVER))
                .body();
    }

    private static String read(LineStream stream) throws IOException {
        byte[] bytes = new byte[100];
        int count = stream.read(bytes);
        return count < 0 ? "end" : new String(bytes, 0, count, StandardCharsets.UTF_8);
    }

    @Test
    void waitsOnTheTimelineForEachLine() throws Exception {
        cluster.deployed(1, deployment -> {
            try (var stream = open(deployment)) {
                assertThat(read(stream)).isEqualTo("{\"tick\":2000000000}\n");
                assertThat(cluster.timeline.nanos()).isEqualTo(2_000_000_000L);
                assertThat(read(stream)).isEqualTo("{\"tick\":4000000000}\n");
            }
        });
    }

    @Test
    void givesUpAWaitAtItsLimit() throws Exception {
        cluster.deployed(1, deployment -> {
            try (var stream = open(deployment)) {
                assertThat(stream.await(Duration.ofMillis(1500))).isFalse();
                assertThat(stream.await(Duration.ofMillis(500))).isTrue();
                assertThat(stream.available()).isEqualTo("{\"tick\":2000000000}\n".length());
            }
        });
    }

    @Test
    void readsByteByByte() throws Exception {
        cluster.deployed(1, deployment -> {
            try (var stream = open(deployment)) {
                assertThat((char) stream.read()).isEqualTo('{');
                assertThat((char) stream.read()).isEqualTo('"');
                assertThat(read(stream)).isEqualTo("tick\":2000000000}\n");
            }
        });
    }

    @Test
    void endsWhenTheNodeStopsAfterWhatWasSent() throws Exception {
        cluster.deployed(2, deployment -> {
            try (var stream = open(deployment)) {
                cluster.timeline.sleep(Duration.ofSeconds(3));
                deployment.control().stop("validator-0");

                assertThat(read(stream)).isEqualTo("{\"tick\":2000000000}\n");
                assertThat(read(stream)).isEqualTo("end");
            }
        });
    }

    @Test
    void endsTheWaitOfAReaderWhenAnotherThreadClosesIt() throws Exception {
        cluster.deployed(1, deployment -> {
            var stream = open(deployment);
            var seen = new ArrayList<String>();
            var reader = cluster.timeline.spawn("reader", () -> {
                try {
                    read(stream);
                } catch (IOException e) {
                    seen.add(e.getMessage() + " at " + cluster.timeline.nanos());
                }
            });
            cluster.timeline.sleep(Duration.ofMillis(300));

            stream.close();

            assertThat(reader.join(Timeline.FOREVER)).isTrue();
            assertThat(seen).containsExactly("stream closed at 300000000");
        });
    }

    @Test
    void tellsTheNodeThatTheReaderWentAway() throws Exception {
        cluster.deployed(1, deployment -> {
            var stream = open(deployment);
            stream.close();
            stream.close();

            cluster.timeline.sleep(Duration.ofSeconds(10));

            assertThat(stream.available()).isZero();
            assertThatThrownBy(() -> read(stream))
                    .isInstanceOf(IOException.class)
                    .hasMessage("stream closed");
        });
    }

    @Test
    void skipsTheOldestLinesForAReaderThatLags() throws Exception {
        cluster.deployed(1, deployment -> {
            try (var stream = open(deployment)) {
                cluster.timeline.sleep(Duration.ofSeconds(2 * 1030 + 1));

                assertThat(read(stream)).isEqualTo("{\"tick\":14000000000}\n");
            }
        });
    }

    @Test
    void namesTheStreamThatNobodyClosed() {
        assertThatThrownBy(() -> cluster.deployed(1, EmbeddedStreamTests::open))
                .isInstanceOf(DeploymentException.class)
                .hasMessage("Deployment 'embedded' left 1 thing behind: stream GET /ticks of node 'validator-0'.");
    }
}
