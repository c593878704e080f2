package org.junitnomos.devnode;

import java.util.ArrayList;
import java.util.List;

/** Lists what the testing port serves: some routes of the node contract 1.5, and control of links and clock. */
final class TestingRoutes {
    private static final String PEERS = "/test/dev/peers";
    private static final String SHARES = "/test/dev/shares";

    private TestingRoutes() {}

    static List<Route> of(
            DevNodeConfig config,
            TestingHandlers node,
            LinkQualities links,
            Hellos hellos,
            SlotClock clock,
            OwnProposals proposals,
            NodeLog log) {
        LinkHandlers control = new LinkHandlers(links, hellos, log);
        PeerHandlers peers = new PeerHandlers(links, hellos, log);
        ShareHandlers shares = new ShareHandlers(node.shareStore(), log);
        ClockHandlers clocks = new ClockHandlers(clock, log);
        List<Route> routes = new ArrayList<>(List.of(
                Route.of("POST", "/test/da/membership", node::membership),
                Route.of("POST", "/test/da/historic-sampling", node::historicSampling),
                Route.of("GET", "/test/dev/links", control::list),
                Route.of("POST", "/test/dev/links", control::change),
                Route.of("GET", PEERS, peers::list),
                Route.of("POST", PEERS, peers::add),
                Route.of("DELETE", PEERS + "/:peer", peers::remove),
                Route.of("GET", "/test/dev/proposals", new ProposalHandlers(proposals)::list),
                Route.of("GET", SHARES, shares::show),
                Route.of("POST", SHARES, shares::set),
                Route.of("GET", MetricLines.PATH, node.metrics()::show),
                Route.of("GET", "/test/dev/clock", clocks::show),
                Route.of("POST", "/test/dev/clock", clocks::set)));
        if (!config.executor()) {
            routes.add(Route.of("GET", "/mantle/sdp/declarations", node::declarations));
        }
        return routes;
    }
}
