package org.junitnomos.deploy.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.Readiness;
import org.junitnomos.time.VirtualTimeline;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.TopologySpec;

/** What is carried between nodes that have ended, in a star. */
class RelayPortTests {
    private static final Set<Plane> BOTH = EnumSet.allOf(Plane.class);
    private static final Set<Plane> MEMBERS = EnumSet.of(Plane.AVAILABILITY);
    private static final Set<Plane> NOTHING = EnumSet.noneOf(Plane.class);

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final Relay relay = new Relay();

    /** Nodes send something between two looks, on each plane on which they ever could. */
    private static final class Relay implements LinkRelay {
        private final Map<String, Set<Plane>> carried = new TreeMap<>();
        private final Map<String, Traffic> traffic = new TreeMap<>();
        private boolean gossips = true;
        private int asked;

        @Override
        public void set(String a, String b, Set<Plane> planes, LinkSpec quality) {
            carried.put(a + " " + b, planes);
        }

        @Override
        public Traffic traffic(Plane plane, String a, String b) {
            var before = traffic.getOrDefault(plane + a + b, new Traffic(0, 0, 0));
            boolean passes = carried.getOrDefault(a + " " + b, NOTHING).contains(plane);
            boolean sends = plane == Plane.AVAILABILITY || gossips;
            var now = new Traffic(
                    before.passed() + (sends && passes ? 1 : 0), before.cut() + (sends && !passes ? 1 : 0), 0);
            traffic.put(plane + a + b, now);
            return now;
        }

        @Override
        public Optional<String> enforcement() {
            return Optional.of("look " + ++asked);
        }
    }

    @AfterEach
    void end() {
        timeline.close();
    }

    private static NodeRoster ended(TopologySpec topology) {
        var nodes = topology.nodes().stream()
                .map(spec -> (NodeHandle) proxy(NodeHandle.class, "name", spec.name()))
                .map(node -> (Readiness.Candidate) proxy(Readiness.Candidate.class, "node", node))
                .toList();
        return new NodeRoster((NodeLifecycle) proxy(NodeLifecycle.class, "candidates", nodes));
    }

    /** Returns something by one method, and false by all others. */
    private static Object proxy(Class<?> type, String method, Object returned) {
        return Proxy.newProxyInstance(
                RelayPortTests.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, called, arguments) -> called.getName().equals(method) ? returned : Boolean.FALSE);
    }

    @Test
    void theRuleIsLookedAtOnceForEachChange() throws Exception {
        var topology = TopologySpec.of(2, 0);
        var links = new LinkTable(topology);
        var layers = new FaultLayers(topology, links);
        var port = new RelayPort(timeline, ended(topology), layers, relay);

        assertThat(timeline.call(() -> port.applyLinks(links.all()))).hasValue("look 1");
        layers.add(new Layer.Cut(List.of(), link -> true));
        assertThat(timeline.call(() -> port.applyLinks(links.all())).orElseThrow())
                .matches("since then they dropped [1-9][0-9]* datagrams? and let 0 pass; look 2; peers now: ");
    }

    @Test
    void aLayoutSaysWhoGossipsAndNotWhoIsConnectedForDataAvailability() {
        var topology = TopologySpec.of(3, 1);
        var links = new LinkTable(topology);
        var port = new RelayPort(timeline, ended(topology), new FaultLayers(topology, links), relay);

        port.prepare(links.all());

        assertThat(relay.carried)
                .containsOnly(
                        Map.entry("validator-0 validator-1", BOTH),
                        Map.entry("validator-0 validator-2", BOTH),
                        Map.entry("validator-0 executor-0", BOTH),
                        Map.entry("validator-1 validator-2", MEMBERS),
                        Map.entry("validator-1 executor-0", MEMBERS),
                        Map.entry("validator-2 executor-0", MEMBERS));
    }

    @Test
    void aPartitionPartsNodesInBoth() throws Exception {
        var topology = TopologySpec.of(3, 0);
        var links = new LinkTable(topology);
        var layers = new FaultLayers(topology, links);
        var port = new RelayPort(timeline, ended(topology), layers, relay);
        port.prepare(links.all());
        var cut = new Layer.Cut(List.of("validator-2"), link -> link.touches("validator-2"));

        int fault = layers.add(cut);
        var proof = timeline.call(() -> port.applyLinks(layers.touchedBy(cut)));

        assertThat(proof.orElseThrow())
                .matches("they carry no data availability either between \\[validator-1 <-> validator-2], which have no"
                        + " link; since then they dropped [1-9][0-9]* datagrams and let 0 pass; look 1; peers now: ");
        assertThat(relay.carried)
                .containsOnly(
                        Map.entry("validator-0 validator-1", BOTH),
                        Map.entry("validator-0 validator-2", NOTHING),
                        Map.entry("validator-1 validator-2", NOTHING));

        relay.gossips = false;
        layers.remove(fault);
        var healed = timeline.call(() -> port.applyLinks(layers.touchedBy(cut)));

        assertThat(healed.orElseThrow())
                .matches(
                        "they carry data availability again between \\[validator-1 <-> validator-2], which have no link;"
                                + " while that was cut they dropped [1-9][0-9]* datagrams, and nothing passes yet between"
                                + " \\[validator-0 <-> validator-2]: a connection that was silent for too long is lost, and nobody"
                                + " dials again \\(node contract 5.2\\); look 2; peers now: ");
        assertThat(relay.carried)
                .containsEntry("validator-0 validator-2", BOTH)
                .containsEntry("validator-1 validator-2", MEMBERS);
    }
}
