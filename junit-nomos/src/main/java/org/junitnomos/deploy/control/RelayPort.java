package org.junitnomos.deploy.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final Timeline timeline;
    private final NodeRoster roster;
    private final FaultLayers layers;
    private final LinkRelay relay;

    /** Links that are cut, with what was carried before. */
    private final Map<Link, Traffic> cut = new LinkedHashMap<>();

    RelayPort(Timeline timeline, NodeRoster roster, FaultLayers layers, LinkRelay relay) {
        this.timeline = timeline;
        this.roster = roster;
        this.layers = layers;
        this.relay = relay;
    }

    /** A link whose state was changed, and what was carried until then. */
    private record Change(Link link, boolean up, Traffic before, Traffic beforeTheCut) {}

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

    private List<Change> set(Collection<Link> links) {
        var changes = new ArrayList<Change>();
        cut.keySet().removeIf(link -> !isThere(link));
        for (Link link : links) {
            boolean up = layers.isUp(link);
            relay.set(link.a(), link.b(), up, layers.quality(link));
            Traffic now = relay.traffic(link.a(), link.b());
            Traffic before = cut.get(link);
            if (up && before != null) {
                cut.remove(link);
                changes.add(new Change(link, true, now, before));
            } else if (!up && before == null) {
                cut.put(link, now);
                changes.add(new Change(link, false, now, now));
            }
        }
        return changes;
    }

    private boolean isThere(Link link) {
        return roster.names().contains(link.a()) && roster.names().contains(link.b());
    }

    /** Looks for a datagram on each link that carried some before, for a moment. */
    private void awaitTraffic(List<Change> changes) throws InterruptedException {
        lookFor(
                LOOK,
                () -> changes.stream().allMatch(change -> change.beforeTheCut().passed() == 0 || seen(change) > 0));
    }

    private long seen(Change change) {
        Traffic since = since(change);
        return change.up() ? since.passed() : since.cut();
    }

    private Traffic since(Change change) {
        return relay.traffic(change.link().a(), change.link().b()).since(change.before());
    }

    private interface Words {
        String of(List<Change> changes);
    }

    private static Optional<String> describe(List<Change> changes, Predicate<Change> which, Words words) {
        var those = changes.stream().filter(which).toList();
        return those.isEmpty() ? Optional.empty() : Optional.of(words.of(those));
    }

    private String ofCut(List<Change> changes) {
        long dropped = changes.stream().mapToLong(change -> since(change).cut()).sum();
        long passed =
                changes.stream().mapToLong(change -> since(change).passed()).sum();
        return "since then they dropped " + datagrams(dropped) + " and let " + passed + " pass";
    }

    private String ofHeal(List<Change> changes) {
        long dropped = 0;
        var silent = new ArrayList<Link>();
        for (Change change : changes) {
            dropped += change.before().since(change.beforeTheCut()).cut();
            if (change.beforeTheCut().passed() > 0 && seen(change) == 0) {
                silent.add(change.link());
            }
        }
        return "while that was cut they dropped " + datagrams(dropped)
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
