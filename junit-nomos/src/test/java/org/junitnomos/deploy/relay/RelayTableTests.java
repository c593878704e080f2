package org.junitnomos.deploy.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.control.Plane;
import org.junitnomos.deploy.nft.Nft;
import org.junitnomos.deploy.nft.NftCommand;
import org.junitnomos.deploy.relay.EnforcedRelay.Port;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.FakePacketFilter;
import org.junitnomos.testkit.UdpNode;

/** The rule of a relay and its place in the ledger, on a packet filter that is none. */
class RelayTableTests {
    @TempDir
    Path directory;

    private final FakePacketFilter filter = new FakePacketFilter();
    private Session session;
    private String ledger = "";

    @BeforeEach
    void begin() {
        session = Session.at(directory.resolve("sessions"));
    }

    @AfterEach
    void end() {
        session.close();
    }

    private EnforcedRelay open() throws IOException {
        NftCommand looking = (arguments, input) -> {
            if (input.startsWith("create")) {
                ledger = Files.readString(session.directory().resolve("resources"));
            }
            return filter.run(arguments, input);
        };
        return EnforcedRelay.open(new Nft(looking), session.scope("run"), 4711);
    }

    private String table() {
        assertThat(filter.tables()).hasSize(1);
        return filter.tables().get(0);
    }

    @Test
    void isInTheLedgerBeforeItIsThere() throws IOException {
        try (var relay = open()) {
            assertThat(ledger).contains("\ttable\t", "rule that nothing goes past the relays");
            String token = session.id().substring(session.id().lastIndexOf('.') + 1);
            assertThat(table()).matches("nomos_" + token + "_[0-9]+");
            assertThat(relay.enforcement())
                    .hasValue("the rule of table " + table() + " kept 0 datagrams from going past the relays");
        }
        assertThat(filter.tables()).isEmpty();
        assertThat(session.endIfUnused()).isTrue();
    }

    @Test
    void knowsThePortsOfTheNodesThatAreThere() throws IOException {
        try (var relay = open()) {
            relay.admit("a", List.of(new Port(Plane.GOSSIP, 20_001, 0), new Port(Plane.AVAILABILITY, 20_003, 0)));
            relay.admit("b", List.of(new Port(Plane.GOSSIP, 20_005, 0), new Port(Plane.AVAILABILITY, 20_007, 0)));
            assertThat(filter.set(table(), "nodes")).containsExactly(20_001, 20_003, 20_005, 20_007);
            assertThat(filter.set(table(), "relays")).hasSize(4);

            relay.dismiss("a");
            relay.dismiss("a");

            assertThat(filter.set(table(), "nodes")).containsExactly(20_005, 20_007);
            assertThat(filter.set(table(), "relays")).hasSize(2);
            filter.count(1);
            assertThat(relay.enforcement().orElseThrow()).endsWith("kept 1 datagram from going past the relays");
        }
    }

    @Test
    void aTableThatSomebodyElseDeletedOrChangedIsNoticed() throws IOException {
        try (var relay = open()) {
            relay.admit("a", List.of(new Port(Plane.GOSSIP, 20_001, 0)));
            filter.removeFrom(table(), "nodes", 20_001);
            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(relay::enforcement)
                    .withMessage("Nodes may go past their relays: somebody changed table " + table()
                            + ": set nodes has not [20001] any more.");

            filter.drop(table());

            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(relay::enforcement)
                    .withMessageStartingWith("Nodes may go past their relays: Error: No such file or directory");
        }
    }

    @Test
    void whatCannotBeMadeIsNotInTheLedgerAnyMore() {
        filter.failWith("Error: Operation not permitted");

        assertThatIOException().isThrownBy(this::open).withMessage("Error: Operation not permitted");

        assertThat(session.endIfUnused()).isTrue();
    }

    @Test
    void whatMayBeThereStaysInTheLedgerUntilItIsLookedFor() {
        filter.failUnknown("nft -f - did not end within 20000 ms");

        assertThatIOException().isThrownBy(this::open).withMessageContaining("did not end");

        assertThat(session.endIfUnused()).isFalse();
    }

    @Test
    void aNodeThatIsRefusedIsNotCarried() throws IOException {
        try (var relay = open()) {
            filter.failWith("Error: Operation not permitted");
            int port = port();
            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> relay.admit("a", List.of(new Port(Plane.GOSSIP, 20_001, port))));
            filter.recover();

            await().atMost(Duration.ofSeconds(60)) // the selector lets go of the port when it comes to it
                    .ignoreExceptions()
                    .until(() -> relay.admit("a", List.of(new Port(Plane.GOSSIP, 20_001, port)))
                            .equals(List.of(port)));
        }
    }

    private static int port() throws IOException {
        try (var free = new UdpNode(0, 1_000)) {
            return free.port();
        }
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(EnforcedRelay.missing(new Nft(filter))).isEmpty();
        assertThat(filter.tables()).isEmpty();

        filter.failWith("nft -c -f - failed with exit code 1: Error: Could not process rule: Operation not permitted");

        assertThat(EnforcedRelay.missing(new Nft(filter)))
                .hasValue(
                        "faults of links and enforced layouts of real nodes need relays past which nothing goes, and"
                                + " with them a rule of nftables: nft -c -f - failed with exit code 1: Error: Could not process"
                                + " rule: Operation not permitted. Run the tests as root, or with the capability CAP_NET_ADMIN");
    }
}
