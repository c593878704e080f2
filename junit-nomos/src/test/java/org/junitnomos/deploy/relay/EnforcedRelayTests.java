package org.junitnomos.deploy.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.control.Plane;
import org.junitnomos.deploy.relay.EnforcedRelay.Port;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.NeedsNetAdmin;
import org.junitnomos.testkit.UdpNode;
import org.junitnomos.topology.LinkSpec;

/** The relay with its rule, between programs that speak UDP as nodes do and try to go past it. */
@NeedsNetAdmin
class EnforcedRelayTests {
    private static final Set<Plane> BOTH = EnumSet.allOf(Plane.class);
    private static final LinkSpec FAST = new LinkSpec(Duration.ZERO, Duration.ZERO, 0);
    private static final long IDLE = 1_000;

    @TempDir
    Path directory;

    private final Map<String, UdpNode> nodes = new LinkedHashMap<>();
    private final Map<String, Integer> published = new LinkedHashMap<>();
    private Session session;
    private EnforcedRelay relay;

    @BeforeEach
    void open() {
        session = Session.at(directory.resolve("sessions"));
        relay = EnforcedRelay.open(session.scope("run"), 4711);
    }

    @AfterEach
    void close() throws IOException {
        relay.close();
        nodes.values().forEach(UdpNode::close);
        session.close();
    }

    private UdpNode node(String name) throws IOException {
        var node = new UdpNode(0, IDLE);
        nodes.put(name, node);
        published.put(
                name,
                relay.admit(name, List.of(new Port(Plane.GOSSIP, node.port(), 0)))
                        .get(0));
        return node;
    }

    private static void eventually(ThrowingConsumer<Void> assertion) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertion.accept(null));
    }

    private long past() {
        return Long.parseLong(relay.enforcement().orElseThrow().replaceAll(".* kept ([0-9]+) datagrams? .*", "$1"));
    }

    @Test
    void nobodyGoesPastIt() throws IOException {
        var a = node("a");
        var b = node("b");
        relay.set("a", "b", BOTH, FAST);

        a.dial(published.get("b"));

        eventually(nothing -> {
            assertThat(a.addresses()).containsExactly(published.get("b"));
            assertThat(b.addresses()).containsExactly(published.get("a"));
            assertThat(past()).isGreaterThan(2); // both tried the port of which they heard
        });
    }

    @Test
    void aLayoutIsEnforced() throws IOException {
        var hub = node("hub");
        var one = node("one");
        var other = node("other");
        relay.set("hub", "one", BOTH, FAST);
        relay.set("hub", "other", BOTH, FAST);

        one.dial(published.get("hub"));
        other.dial(published.get("hub"));
        one.dial(published.get("other"));
        other.dial(one.port());

        eventually(nothing -> {
            assertThat(hub.peers()).hasSize(2);
            assertThat(relay.traffic(Plane.GOSSIP, "one", "other").cut()).isPositive();
            assertThat(past()).isPositive();
        });
        assertThat(one.addresses()).containsExactly(published.get("hub"));
        assertThat(other.addresses()).containsExactly(published.get("hub"));
    }

    @Test
    void aCutThatLastsLosesTheConnectionForGood() throws IOException {
        var a = node("a");
        var b = node("b");
        relay.set("a", "b", BOTH, FAST);
        a.dial(published.get("b"));
        eventually(nothing -> assertThat(b.peers()).containsExactly(a.port()));

        relay.set("a", "b", EnumSet.noneOf(Plane.class), FAST);
        eventually(nothing -> {
            assertThat(a.peers()).isEmpty();
            assertThat(b.peers()).isEmpty();
            assertThat(relay.traffic(Plane.GOSSIP, "a", "b").cut()).isPositive();
        });

        relay.set("a", "b", BOTH, FAST);
        var before = relay.traffic(Plane.GOSSIP, "a", "b");
        var c = node("c");
        relay.set("a", "c", BOTH, FAST);
        c.dial(published.get("a"));
        eventually(nothing -> assertThat(a.peers()).containsExactly(c.port()));
        assertThat(relay.traffic(Plane.GOSSIP, "a", "b").since(before).passed()).isZero();
    }

    @Test
    void othersAreNotDisturbed() throws IOException {
        node("a");
        try (var one = new UdpNode(0, IDLE);
                var two = new UdpNode(0, IDLE)) {
            one.dial(two.port());

            eventually(nothing -> assertThat(two.peers()).containsExactly(one.port()));
        }
    }
}
