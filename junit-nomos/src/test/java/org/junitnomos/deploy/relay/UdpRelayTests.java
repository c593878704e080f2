package org.junitnomos.deploy.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.control.Plane;
import org.junitnomos.testkit.UdpNode;
import org.junitnomos.topology.LinkSpec;

/** The relay between programs that speak UDP as nodes do, without a rule that keeps them from going past it. */
class UdpRelayTests {
    private static final Set<Plane> BOTH = EnumSet.allOf(Plane.class);
    private static final LinkSpec FAST = new LinkSpec(Duration.ZERO, Duration.ZERO, 0);
    private static final long IDLE = 600_000;

    private final Map<String, UdpNode> nodes = new LinkedHashMap<>();
    private final Map<String, Integer> published = new LinkedHashMap<>();
    private UdpRelay relay;

    @BeforeEach
    void open() throws IOException {
        relay = new UdpRelay(4711);
    }

    @AfterEach
    void close() {
        relay.close();
        nodes.values().forEach(UdpNode::close);
    }

    private UdpNode node(String name) throws IOException {
        var node = new UdpNode(0, IDLE);
        nodes.put(name, node);
        published.put(name, relay.admit(name, Plane.GOSSIP, node.port(), 0));
        return node;
    }

    private void link(String a, String b, boolean up) {
        link(a, b, up ? BOTH : EnumSet.noneOf(Plane.class));
    }

    private void link(String a, String b, Set<Plane> carried) {
        relay.set(a, b, carried, FAST);
        relay.set(b, a, carried, FAST);
    }

    private static void eventually(ThrowingConsumer<Void> assertion) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertion.accept(null));
    }

    @Test
    void bothEndsSeeThePublishedAddressOfTheOther() throws IOException {
        var a = node("a");
        var b = node("b");
        link("a", "b", true);

        a.dial(published.get("b"));

        eventually(nothing -> {
            assertThat(a.addresses()).contains(published.get("b"));
            assertThat(b.addresses()).contains(published.get("a"));
            assertThat(relay.traffic(Plane.GOSSIP, "a", "b").passed()).isPositive();
            assertThat(relay.traffic(Plane.GOSSIP, "b", "a").passed()).isPositive();
        });
    }

    @Test
    void aLinkThatWasNeverSetIsNone() throws IOException {
        var a = node("a");
        var b = node("b");

        a.dial(published.get("b"));

        eventually(nothing ->
                assertThat(relay.traffic(Plane.GOSSIP, "a", "b").cut()).isGreaterThan(3));
        assertThat(b.addresses()).isEmpty();
        assertThat(relay.traffic(Plane.GOSSIP, "a", "b").passed()).isZero();
    }

    @Test
    void eachDirectionIsCutByItself() throws IOException {
        var a = node("a");
        var b = node("b");
        relay.set("a", "b", BOTH, FAST);

        a.dial(published.get("b"));

        eventually(nothing -> {
            assertThat(b.addresses()).contains(published.get("a"));
            assertThat(relay.traffic(Plane.GOSSIP, "b", "a").cut()).isPositive();
        });
        assertThat(a.addresses()).doesNotContain(published.get("b"));
    }

    @Test
    void whatIsCutComesBackAfterTheHeal() throws IOException {
        var a = node("a");
        var b = node("b");
        link("a", "b", true);
        a.dial(published.get("b"));
        eventually(nothing -> assertThat(a.addresses()).contains(published.get("b")));

        link("a", "b", false);
        long passed = relay.traffic(Plane.GOSSIP, "a", "b").passed();
        long cut = relay.traffic(Plane.GOSSIP, "a", "b").cut();
        eventually(nothing ->
                assertThat(relay.traffic(Plane.GOSSIP, "a", "b").cut()).isGreaterThan(cut + 2));
        assertThat(relay.traffic(Plane.GOSSIP, "a", "b").passed()).isEqualTo(passed);

        link("a", "b", true);
        eventually(nothing ->
                assertThat(relay.traffic(Plane.GOSSIP, "a", "b").passed()).isGreaterThan(passed + 2));
        assertThat(b.addresses()).contains(published.get("a"));
    }

    @Test
    void delayedDatagramsKeepTheirOrder() throws IOException {
        var a = node("a");
        var b = node("b");
        link("a", "b", true);
        a.dial(published.get("b"));
        eventually(nothing -> {
            assertThat(a.peers()).hasSize(1);
            assertThat(b.peers()).hasSize(1);
        });
        relay.set("a", "b", BOTH, new LinkSpec(Duration.ofMillis(20), Duration.ofMillis(20), 0));

        var sent = new ArrayList<String>();
        IntStream.range(0, 50).mapToObj(String::valueOf).forEach(sent::add);
        sent.forEach(text -> a.sayTo(published.get("b"), text));

        eventually(nothing -> assertThat(b.texts()).hasSize(sent.size()));
        assertThat(b.texts()).isEqualTo(sent);
    }

    @Test
    void planesAreNetworksOfTheirOwn() throws IOException {
        var a = node("a");
        var b = node("b");
        link("a", "b", true);
        var other = new UdpNode(0, IDLE);
        nodes.put("b of the other plane", other);
        int there = relay.admit("b", Plane.AVAILABILITY, other.port(), 0);

        a.dial(there); // from the port of another plane, which is nobody's there

        eventually(nothing -> assertThat(relay.ofNobody()).isGreaterThan(2));
        assertThat(other.addresses()).isEmpty();
        assertThat(b.addresses()).isEmpty();
    }

    @Test
    void aPlaneIsCarriedWithoutTheOther() throws IOException {
        var a = node("a");
        var b = node("b");
        var members = new ArrayList<UdpNode>();
        var locators = new ArrayList<Integer>();
        for (String name : List.of("a", "b")) {
            var member = new UdpNode(0, IDLE);
            nodes.put(name + " as a member", member);
            members.add(member);
            locators.add(relay.admit(name, Plane.AVAILABILITY, member.port(), 0));
        }
        link("a", "b", EnumSet.of(Plane.AVAILABILITY));

        a.dial(published.get("b"));
        members.get(0).dial(locators.get(1));

        eventually(nothing -> {
            assertThat(members.get(0).addresses()).contains(locators.get(1));
            assertThat(members.get(1).addresses()).contains(locators.get(0));
            assertThat(relay.traffic(Plane.GOSSIP, "a", "b").cut()).isGreaterThan(2);
        });
        assertThat(b.addresses()).isEmpty();
        assertThat(relay.traffic(Plane.GOSSIP, "a", "b").passed()).isZero();
        assertThat(relay.traffic(Plane.AVAILABILITY, "a", "b").cut()).isZero();
    }

    @Test
    void whatStrangersSendIsDroppedAndCounted() throws IOException {
        var a = node("a");
        try (var stranger = new UdpNode(0, IDLE)) {
            stranger.dial(published.get("a"));

            eventually(nothing -> assertThat(relay.ofNobody()).isGreaterThan(2));
            assertThat(a.addresses()).isEmpty();
        }
    }

    @Test
    void aNodeThatIsGoneIsReachedNoMoreAndItsPortIsFree() throws IOException {
        var a = node("a");
        node("b");
        link("a", "b", true);
        a.dial(published.get("b"));
        eventually(nothing -> assertThat(a.addresses()).contains(published.get("b")));

        relay.dismiss("b");

        int port = published.get("b");
        eventually(nothing -> relay.admit("c", Plane.GOSSIP, 1, port));
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (var taken = new UdpNode(0, IDLE)) {
            assertThatIOException()
                    .isThrownBy(() -> relay.admit("a", Plane.GOSSIP, 1, taken.port()))
                    .withMessageStartingWith("port " + taken.port() + " of 127.0.0.1 cannot be had: ");
        }
    }

    @Test
    void aRelayThatWasClosedTakesNobodyAndNoPort() throws IOException {
        int port = node("a").port();
        relay.close();

        try (var free = new UdpNode(0, IDLE)) {
            int published = free.port();
            free.close();
            assertThatIOException()
                    .isThrownBy(() -> relay.admit("b", Plane.GOSSIP, port, published))
                    .withMessage("port " + published + " of 127.0.0.1 cannot be had: the relay was closed");
            new UdpNode(published, IDLE).close();
        }
    }

    @Test
    void saysThatItCarriesNothingAfterItsEnd() {
        assertThat(relay.failure()).isEmpty();
        relay.close();
        relay.close();
        assertThat(relay.failure()).hasValue("it was closed");
    }
}
