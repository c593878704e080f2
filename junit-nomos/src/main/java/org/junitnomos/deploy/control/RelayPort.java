package org.junitnomos.deploy.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.deploy.control.LinkRelay.Traffic;
import org.junitnomos.deploy.control.LinkTable.Link;
import org.junitnomos.time.Timeline;

/**
 * Puts faults of links into a relay between the nodes. They are in force at once; what shows it is that the relay drops
 * what nodes send each other, that its rule keeps them from going past it, and how many peers they have left.
 */
final class RelayPort implements FaultPort {
    private static final Duration PERIOD = Duration.ofMillis(50);

    /**
     * How long to look for a datagram. Nodes that have nothing to tell each other are silent for seconds, and a
     * partition that is proven later lasts longer.
     */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration PEERS_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);

    private static final Traffic NOTHING = new Traffic(0, 0, 0);

    private final Timeline timeline;
    private final NodeRoster roster;
    private final FaultLayers layers;
    private final LinkRelay relay;

    /** Nodes between which nothing is to be carried, with what was until then. */
    private final Map<Link, Carried> cut = new LinkedHashMap<>();

    RelayPort(Timeline timeline, NodeRoster roster, FaultLayers layers, LinkRelay relay) {
        this.timeline = timeline;
        this.roster = roster;
        this.layers = layers;
        this.relay = relay;
    }

    /** What was carried between two nodes until some time. */
    private record Carried(Traffic gossip, Traffic availability) {
        Carried since(Carried earlier) {
            return new Carried(gossip.since(earlier.gossip), availability.since(earlier.availability));
        }

        long passed() {
            return gossip.passed() + availability.passed();
        }

        long dropped() {
            return gossip.cut() + availability.cut();
        }
    }

    /**
     * A change of what is carried between two nodes.
     *
     * @param pair the nodes
     * @param linked whether they have a link; else it is about data availability alone
     * @param up whether it is carried from now on
     * @param before what was carried until then
     * @param beforeTheCut what was carried until it was cut last
     */
    private record Change(Link pair, boolean linked, boolean up, Carried before, Carried beforeTheCut) {}

    @Override
    public String place() {
        return "in the relays";
    }

    @Override
    public void prepare(Collection<Link> links) {
        set(links);
    }

    @Override
    public Optional<String> applyLinks(Collection<Link> links) throws InterruptedException {
        var changes = set(links);
        if (changes.isEmpty()) {
            return relay.enforcement();
        }
        awaitTraffic(changes);
        var parts = new ArrayList<String>();
        describe(changes, change -> !change.up(), this::ofCut).ifPresent(parts::add);
        describe(changes, Change::up, this::ofHeal).ifPresent(parts::add);
        relay.enforcement().ifPresent(parts::add);
        parts.add("peers now: " + peers());
        return Optional.of(String.join("; ", parts));
    }

    @Override
    public List<RuntimeException> restore(Collection<Link> links, Collection<String> clocks) {
        set(links);
        return List.of();
    }

    /**
     * Sets links, and all that is carried beside them: a layout says who gossips with whom, but members of data
     * availability and those who disperse or sample connect with each other whatever it is (node contract 4.1, 4.3). A
     * fault that parts nodes parts them in both.
     */
    private List<Change> set(Collection<Link> links) {
        var changes = new ArrayList<Change>();
        cut.keySet().removeIf(pair -> !isThere(pair));
        links.forEach(link -> set(link, true).ifPresent(changes::add));
        layers.unlinked().forEach(pair -> set(pair, false).ifPresent(changes::add));
        return changes;
    }

    private Optional<Change> set(Link pair, boolean linked) {
        boolean up = layers.isUp(pair);
        Set<Plane> planes = up ? EnumSet.of(Plane.AVAILABILITY) : EnumSet.noneOf(Plane.class);
        if (up && linked) {
            planes.add(Plane.GOSSIP);
        }
        relay.set(pair.a(), pair.b(), planes, layers.quality(pair));
        Carried now = carried(pair, linked);
        Carried before = cut.get(pair);
        if (up && before != null) {
            cut.remove(pair);
            return Optional.of(new Change(pair, linked, true, now, before));
        }
        if (!up && before == null) {
            cut.put(pair, now);
            return Optional.of(new Change(pair, linked, false, now, now));
        }
        return Optional.empty();
    }

    /** Gossip that a layout does not want is no matter of a fault. */
    private Carried carried(Link pair, boolean linked) {
        return new Carried(
                linked ? relay.traffic(Plane.GOSSIP, pair.a(), pair.b()) : NOTHING,
                relay.traffic(Plane.AVAILABILITY, pair.a(), pair.b()));
    }

    private boolean isThere(Link pair) {
        return roster.names().contains(pair.a()) && roster.names().contains(pair.b());
    }

    /** Looks for a datagram between all who sent each other some before, for a moment. */
    private void awaitTraffic(List<Change> changes) throws InterruptedException {
        lookFor(LOOK, () -> changes.stream().allMatch(this::shows));
    }

    /** Nodes dial again for data availability, in their own time; so a link is up again once gossip passes. */
    private boolean shows(Change change) {
        return change.up()
                ? change.beforeTheCut().gossip().passed() == 0
                        || since(change).gossip().passed() > 0
                : change.beforeTheCut().passed() == 0 || since(change).dropped() > 0;
    }

    private Carried since(Change change) {
        return carried(change.pair(), change.linked()).since(change.before());
    }

    private interface Words {
        String of(List<Change> changes);
    }

    private static Optional<String> describe(List<Change> changes, Predicate<Change> which, Words words) {
        var those = changes.stream().filter(which).toList();
        return those.isEmpty() ? Optional.empty() : Optional.of(words.of(those));
    }

    private String ofCut(List<Change> changes) {
        long dropped =
                changes.stream().mapToLong(change -> since(change).dropped()).sum();
        long passed =
                changes.stream().mapToLong(change -> since(change).passed()).sum();
        return beside(changes, "they carry no data availability either between ") + "since then they dropped "
                + datagrams(dropped) + " and let " + passed + " pass";
    }

    /** Says between whom there is no link, and what is to be said of them. */
    private static String beside(List<Change> changes, String what) {
        var pairs = changes.stream()
                .filter(change -> !change.linked())
                .map(Change::pair)
                .toList();
        return pairs.isEmpty() ? "" : what + pairs + ", which have no link; ";
    }

    private String ofHeal(List<Change> changes) {
        long dropped = 0;
        var silent = new ArrayList<Link>();
        for (Change change : changes) {
            dropped += change.before().since(change.beforeTheCut()).dropped();
            if (!shows(change)) {
                silent.add(change.pair());
            }
        }
        return beside(changes, "they carry data availability again between ")
                + "while that was cut they dropped " + datagrams(dropped)
                + (silent.isEmpty()
                        ? ""
                        : ", and nothing passes yet between " + silent + ": a connection that was silent for too long"
                                + " is lost, and nobody dials again (node contract 5.2)");
    }

    private static String datagrams(long count) {
        return count + (count == 1 ? " datagram" : " datagrams");
    }

    private String peers() {
        var texts = new ArrayList<String>();
        for (var node : roster.awake()) {
            try {
                var info = node.client().withTimeout(ANSWER_LIMIT).networkInfo();
                texts.add(node.name() + " " + info.peers() + " by " + info.connections()
                        + (info.connections() == 1 ? " connection" : " connections"));
            } catch (NodeApiException e) {
                texts.add(node.name() + " does not say");
            }
        }
        return String.join(", ", texts);
    }

    @Override
    public int peers(String node, int connectable) throws InterruptedException {
        var client = roster.node(node).client();
        lookFor(PEERS_LIMIT, () -> {
            try {
                return client.withTimeout(ANSWER_LIMIT).networkInfo().peers() >= connectable;
            } catch (NodeApiException e) {
                return false;
            }
        });
        return client.networkInfo().peers();
    }

    private interface Condition {
        boolean holds();
    }

    /** Waits for something that need not come: for no longer on a busy machine, or a fault would last longer there. */
    private void lookFor(Duration limit, Condition condition) throws InterruptedException {
        long start = timeline.nanos();
        while (!condition.holds() && timeline.nanos() - start < limit.toNanos()) {
            timeline.sleep(PERIOD);
        }
    }
}
