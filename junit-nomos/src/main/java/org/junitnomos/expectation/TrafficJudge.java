package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.TestingClient.PeerLink;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.BlockSeen;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/** Judges the links of a cluster by what their ends say, and by what came through them. */
final class TrafficJudge {
    private static final Duration UNTIL_GIVEN_UP = Duration.ofSeconds(30);

    /** Nodes say hello to each other at once, and every 8 s; in real time a busy machine may be late with it. */
    private static final Duration UNTIL_CONNECTED = Duration.ofSeconds(10);

    private static final int FEWEST_BLOCKS = 20;
    private static final int REAL_SLOTS = 2;

    /** How often the feed reads a node in virtual time. */
    private static final int POLLS_A_SLOT = 2;

    private static final double ALPHA = 1.0 / ChainPace.FALSE_ALARM_ONE_IN;

    private final RunContext run;
    private final Witnesses witnesses;
    private final RunFacts facts;
    private final Proposals proposals;
    private final List<String> problems = new ArrayList<>();
    private boolean told;

    TrafficJudge(RunContext run) {
        this.run = run;
        this.proposals = Proposals.ask(run); // before the events: what nodes made after it is not judged
        this.witnesses = new Witnesses(run);
        this.facts = witnesses.facts;
    }

    void judge() {
        if (witnesses.nodes.isEmpty()) {
            throw new InconclusiveException("no node runs that could be asked");
        }
        witnesses.nodes.forEach(this::links);
        var pools = new SurePools(facts, proposals);
        lateness(pools);
        problems.addAll(new WaitingTransactions(facts, proposals, pools, ALPHA).byTakers());
        if (!problems.isEmpty()) {
            throw new AssertionFailedError(
                    "expected blocks and transactions to go through every link but:\n" + Listing.of(problems));
        }
        if (!told) {
            throw new InconclusiveException(LinkTraffic.UNTOLD);
        }
    }

    private long slots(Duration time) {
        return time.toNanos() / facts.slotsUntilNow().duration() + 1;
    }

    private void links(NodeHandle node) {
        long quiet = slots(UNTIL_GIVEN_UP);
        long connected = slots(run.clock().isVirtual() ? UNTIL_CONNECTED : UNTIL_GIVEN_UP);
        List<PeerLink> links;
        try {
            links = node.client().devControl().links();
        } catch (NodeApiException | IllegalStateException e) {
            return;
        }
        told = true;
        var names = witnesses.nodes.stream().map(NodeHandle::name).toList();
        boolean own = !witnesses.isDisturbed(node.name(), quiet);
        boolean all = own;
        int expected = 0;
        for (var link : links) {
            boolean runs = names.contains(link.peer());
            // a peer that has gone counts until it is given up
            all &= runs ? !witnesses.isDisturbed(link.peer(), quiet) : facts.isGone(link.peer(), UNTIL_GIVEN_UP);
            expected += runs ? 1 : 0;
            boolean settled =
                    !witnesses.isDisturbed(node.name(), connected) && !witnesses.isDisturbed(link.peer(), connected);
            if (runs && settled && !(link.up() && Boolean.TRUE.equals(link.connected()))) {
                problems.add("  " + node.name() + " says that its link to " + link.peer() + " is "
                        + (link.up() ? "not connected" : "down") + ", though both run and no fault is in force");
            }
        }
        try {
            int peers = node.client().networkInfo().peers();
            if (all && peers != expected) {
                problems.add("  " + node.name() + " says that it has " + peers + " peers, but " + expected
                        + " of those that it is linked with run");
            }
        } catch (NodeApiException e) {
            problems.add("  " + node.name() + " does not tell of its network: " + e.reason());
        }
    }

    /** Blocks that came with the next one. */
    private void lateness(SurePools pools) {
        var window = facts.slotsUntilNow();
        long delay = CalmSpans.delay(facts);
        long allowed = window.duration() + delay + (run.clock().isVirtual() ? 0 : REAL_SLOTS * window.duration());
        // what is there is read by the next poll
        long untilRead = run.clock().isVirtual() ? window.duration() / POLLS_A_SLOT + delay : allowed;
        var first = new LinkedHashMap<HeaderId, BlockObserved>();
        var deliveries = new Deliveries(facts, proposals, untilRead, ALPHA);
        var seen = new TreeMap<String, Integer>();
        var late = new TreeMap<String, Integer>();
        var settled = new SettledNodes(facts);
        var inSlot = new ArrayList<BlockSeen>();
        Excuses.follow(
                facts,
                (event, slot) -> {
                    settled.accept(event, slot);
                    if (event instanceof BlockObserved block) {
                        first.put(block.block(), block);
                        deliveries.observed(block);
                    } else if (event instanceof BlockSeen each) {
                        inSlot.add(each);
                    }
                },
                slot -> {
                    settled.endSlot(slot);
                    deliveries.endSlot(slot, settled::isExcused);
                    for (var each : inSlot) {
                        var block = first.get(each.block());
                        if (block != null && block.at() >= facts.driveStart() && !settled.isExcused(each.node())) {
                            seen.merge(each.node(), 1, Integer::sum);
                            late.merge(each.node(), each.at() - block.at() > allowed ? 1 : 0, Integer::sum);
                        }
                    }
                    inSlot.clear();
                });
        seen.forEach((node, blocks) -> {
            int tooLate = late.getOrDefault(node, 0);
            if (blocks >= FEWEST_BLOCKS && 2 * tooLate > blocks) {
                problems.add("  blocks reach " + node + " only later with others: " + tooLate + " of " + blocks
                        + " came more than " + LateReasons.time(allowed) + " after they were seen first");
            }
        });
        var handedOn = deliveries.texts();
        problems.addAll(new OwnBlocks(facts, proposals, pools, untilRead, ALPHA).texts(handedOn.isEmpty()));
        problems.addAll(handedOn);
    }
}
