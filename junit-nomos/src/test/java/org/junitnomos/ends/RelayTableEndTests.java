package org.junitnomos.ends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.nft.Nft;
import org.junitnomos.deploy.session.ResourceKind;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.ChildJvm;
import org.junitnomos.testkit.NeedsNetAdmin;
import org.junitnomos.testkit.TestLimit;

/** What becomes of the rule of a relay when its JVM ends, and what becomes of the rules of others: nothing. */
@NeedsNetAdmin
class RelayTableEndTests {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** {@code -Dcampaign.tables=20} kills as many. */
    private static final int KILLS = Integer.getInteger("campaign.tables", 3);

    private static final long SEED = Long.getLong("campaign.tables.seed", System.nanoTime() % 1_000_000);

    /** How long it takes to be there, about; kills come before, while and after the first rules are made. */
    private static final int MILLIS = 1_500;

    private static final String FOREIGN = """
            ip link set lo up
            nft -f - <<'RULES'
            table ip of_somebody { chain input {
                type filter hook input priority 0; policy accept;
                udp dport 9 counter drop
            }
            }
            table inet of_somebody {
                set ports { type inet_service; elements = { 7, 9 }
                }
            }
            RULES
            nft list ruleset >before
            %s
            nft list ruleset >after
            """;

    @TempDir
    Path directory;

    private Path root() {
        return directory.resolve("nomos");
    }

    private Path temporary() throws IOException {
        return Files.createDirectories(directory.resolve("temporary"));
    }

    private ChildJvm start(int relays) throws IOException {
        return ChildJvm.start(
                directory,
                List.of("-Djava.io.tmpdir=" + temporary()),
                List.of(RelayMain.class.getName(), root().toString(), Integer.toString(relays)));
    }

    /** The tables of a session, by the last part of its name, which is in theirs. */
    private static List<String> tables(String session) throws IOException {
        String token = session.substring(session.lastIndexOf('.') + 1);
        return Nft.ofThisMachine().tables().stream()
                .filter(table -> table.contains(token))
                .toList();
    }

    private void awaitNone(String session) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(tables(session)).as("tables").isEmpty());
    }

    @Test
    void isGoneWhenItIsClosed() throws Exception {
        try (var child = start(2)) {
            String session = child.await("session ");
            child.await("open 1");
            assertThat(tables(session)).isNotEmpty();

            child.process().getOutputStream().close();

            child.await("closed");
            assertThat(child.awaitEnd()).isZero();
            assertThat(tables(session)).isEmpty();
            assertThat(child.text()).doesNotContain("leak");
        }
    }

    @Test
    void theReaperRemovesItAndSaysSo() throws Exception {
        try (var child = start(1)) {
            String session = child.await("session ");
            child.await("open 0");

            child.kill();

            awaitNone(session);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(root().resolve("cleanup.log"))
                            .content()
                            .contains("removed table 'rule that nothing goes past the relays of nodes' of run 0"));
        }
    }

    @Test
    void theNextStartRemovesWhatAKilledReaperLeft() throws Exception {
        try (var child = start(1)) {
            String session = child.await("session ");
            child.await("open 0");
            ProcessHandle.allProcesses()
                    .filter(process -> process.info()
                            .arguments()
                            .map(arguments -> List.of(arguments).contains(session))
                            .orElse(false))
                    .forEach(ProcessHandle::destroyForcibly);
            child.kill();
            assertThat(tables(session)).hasSize(1);

            try (var next = Session.at(root())) {
                next.scope("next").register(ResourceKind.PROCESS, "none").released();
                assertThat(tables(session)).isEmpty();
            }
        }
    }

    @Test
    @TestLimit(180)
    void noneIsLeftWheneverAJvmIsKilled() throws Exception {
        var random = new Random(SEED);
        for (int kill = 1; kill <= KILLS; kill++) {
            int delay = random.nextInt(MILLIS);
            try (var child = start(1_000)) {
                String session = child.await("session ");
                child.process().waitFor(delay, TimeUnit.MILLISECONDS);
                child.kill();
                awaitNone(session);
                await().atMost(LIMIT)
                        .until(() -> !Files.exists(root().resolve("sessions").resolve(session)));
                assertThat(tables(session))
                        .as("kill " + kill + " after " + delay + " ms, -Dcampaign.tables.seed=" + SEED)
                        .isEmpty();
                assertThat(temporary()).as("temporary files").isEmptyDirectory();
            }
        }
    }

    @Test
    void rulesOfOthersStayByteForByte() throws Exception {
        String java = String.join(
                " ",
                List.of(
                        ChildJvm.java(),
                        String.join(" ", ChildJvm.quickOptions()),
                        RelayMain.class.getName(),
                        root().toString(),
                        "2"));
        var command = List.of("unshare", "--net", "sh", "-euc", FOREIGN.formatted(java + " </dev/null"));
        try (var child = ChildJvm.run(directory, command, Map.of())) {
            child.await("closed");
            assertThat(child.awaitEnd()).as(child.text()).isZero();
        }
        assertThat(directory.resolve("before")).content().contains("table ip of_somebody", "elements = { 7, 9 }");
        assertThat(directory.resolve("after")).hasSameBinaryContentAs(directory.resolve("before"));
    }
}
