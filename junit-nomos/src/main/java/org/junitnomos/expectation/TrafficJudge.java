package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.TestingClient.PeerLink;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.BlockSeen;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/** Judges the links of a cluster by what their ends say, and by what came through them. */
final class TrafficJudge {
    private static final Duration UNTIL_GIVEN_UP = Duration.ofSeconds(30);
    private static final int FEWEST_BLOCKS = 20;
    private static final int REAL_SLOTS = 2;
    private static final int SETTLING_SLOTS = 2;

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
        lateness();
        problems.addAll(new KeptTransactions(facts, proposals).texts());
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
            boolean settled = own && !witnesses.isDisturbed(link.peer(), quiet);
            // a peer that has gone counts until it is given up
            all &= runs ? settled : facts.isGone(link.peer(), UNTIL_GIVEN_UP);
            expected += runs ? 1 : 0;
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
    private void lateness() {
        var topology = run.scenario().topology();
        var window = facts.slotsUntilNow();
        long allowed = (long) ((1 + SlotOdds.delayInSlots(topology)) * window.duration())
                + (run.clock().isVirtual() ? 0 : REAL_SLOTS * window.duration());
        var first = new LinkedHashMap<HeaderId, BlockObserved>();
        var alone = new AloneInTheirSlots(proposals);
        var seen = new TreeMap<String, Integer>();
        var late = new TreeMap<String, Integer>();
        var excuses = new Excuses(topology);
        long catchUp = 2 * SlotOdds.longestSilence(facts, ChainPace.FALSE_ALARM_ONE_IN);
        var inSlot = new ArrayList<BlockSeen>();
        var touched = new HashSet<String>();
        // one that nobody touched since the drive began has had the chain all the time
        Predicate<String> excused = node ->
                excuses.isNetworkFaulty() || excuses.isExcused(node, touched.contains(node) ? catchUp : SETTLING_SLOTS);
        Excuses.follow(
                facts,
                (event, slot) -> {
                    excuses.accept(event, slot);
                    if (event instanceof NodeStateChanged change && RunFacts.isAway(change.state())) {
                        touched.add(change.node());
                    } else if (event instanceof JournalEvent.FaultRequested fault
                            && !fault.kind().equals(FaultSpans.DEFECT)) {
                        touched.addAll(fault.targets());
                    } else if (event instanceof BlockObserved block) {
                        first.put(block.block(), block);
                    } else if (event instanceof BlockSeen each) {
                        inSlot.add(each);
                    }
                },
                slot -> {
                    excuses.endSlot(slot);
                    alone.endSlot(slot, excused);
                    for (var each : inSlot) {
                        var block = first.get(each.block());
                        alone.seen(each, block, allowed);
                        if (block != null && block.at() >= facts.driveStart() && !excused.test(each.node())) {
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
        problems.addAll(alone.texts(window, allowed, first, witnesses.nodes.size()));
    }
}
