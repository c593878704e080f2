package org.junitnomos.deploy.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.control.LinkTable.Link;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.topology.TopologySpec;

class RelayPortTests {
    private static final Link LINK = new Link("validator-0", "validator-1");

    private int asked;

    /** Nodes that have ended. */
    private static NodeRoster nobody() {
        return new NodeRoster((NodeLifecycle) Proxy.newProxyInstance(
                RelayPortTests.class.getClassLoader(),
                new Class<?>[] {NodeLifecycle.class},
                (proxy, method, arguments) -> List.of()));
    }

    @Test
    void theRuleIsLookedAtOnceForEachChange() throws InterruptedException {
        var relay = new LinkRelay() {
            @Override
            public Optional<String> enforcement() {
                return Optional.of("look " + ++asked);
            }
        };
        var topology = TopologySpec.of(2, 0);
        var layers = new FaultLayers(topology, new LinkTable(topology));
        try (var timeline = new RealTimeline()) {
            var port = new RelayPort(timeline, nobody(), layers, relay);

            assertThat(port.applyLinks(List.of(LINK))).hasValue("look 1");
            layers.add(new Layer.Cut(List.of(), link -> true));
            assertThat(port.applyLinks(List.of(LINK)))
                    .hasValue("since then they dropped 0 datagrams and let 0 pass; look 2; peers now: ");
        }
    }
}
