package org.junitnomos.runner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junitnomos.defect.DefectLoad;
import org.junitnomos.defect.DefectScope;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.FaultPlanned;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.NodeState;
import org.junitnomos.topology.TopologySpec;

/** Chooses the nodes that get a defect: those to which, in the same run without it, that happens which it needs. */
final class Victims {
    /** What touches each defect that needs it; a restart or a cut may leave one alone. */
    private static final Set<DefectLoad> ENOUGH = Collections.unmodifiableSet(
            EnumSet.of(DefectLoad.BLOCKS, DefectLoad.RELAYED_BLOCKS, DefectLoad.TRANSACTIONS, DefectLoad.BLOBS));

    private final List<NodeSpec> nodes;
    private final Set<String> restarted = new TreeSet<>();
    private final List<String> cut = new ArrayList<>();

    /** The sides that partitions of the plan cut off from the rest. */
    private final List<String> side = new ArrayList<>();

    private final List<String> between;
    private final Set<DefectLoad> loads = EnumSet.of(DefectLoad.BLOCKS);

    Victims(Scenario scenario, List<JournalEvent> baseline) {
        nodes = scenario.topology().nodes();
        between = nodes.stream()
                .filter(node -> isBetween(node.index(), scenario.topology()))
                .map(NodeSpec::name)
                .toList();
        if (!between.isEmpty()) {
            loads.add(DefectLoad.RELAYED_BLOCKS);
        }
        var down = new TreeSet<String>();
        for (var event : baseline) {
            if (event instanceof JournalEvent.TransactionSubmitted) {
                loads.add(DefectLoad.TRANSACTIONS);
            } else if (event instanceof JournalEvent.HostileSubmitted) {
                loads.add(DefectLoad.HOSTILE);
            } else if (event instanceof JournalEvent.BlobDispersed) {
                loads.add(DefectLoad.BLOBS);
            } else if (event instanceof NodeStateChanged changed) {
                if (changed.state() == NodeState.STOPPED) {
                    down.add(changed.node());
                } else if (changed.state() == NodeState.READY && down.contains(changed.node())) {
                    restarted.add(changed.node());
                    loads.add(DefectLoad.RESTARTS);
                }
            } else if (event instanceof FaultPlanned planned && planned.kind().equals("partition")) {
                side.addAll(planned.targets());
            } else if (event instanceof FaultRequested fault
                    && List.of("partition", "isolate", "cut").contains(fault.kind())) {
                cut.addAll(fault.targets());
                loads.add(DefectLoad.PARTITION);
            }
        }
    }

    /** Whether two peers of a node have no link with each other. */
    private static boolean isBetween(int node, TopologySpec topology) {
        var peers = topology.layout().peersOf(node, topology.size());
        return peers.stream()
                .anyMatch(one -> peers.stream()
                        .anyMatch(other -> !other.equals(one)
                                && !topology.layout()
                                        .peersOf(one, topology.size())
                                        .contains(other)));
    }

    /** Whether the run had the load; balances, streams and the length of a cut are in no journal. */
    boolean saw(DefectLoad load) {
        return loads.contains(load);
    }

    /** Whether the run has all that a defect needs, so that nobody looked if it changed nothing. */
    boolean isEnough(DefectLoad load) {
        return saw(load) && ENOUGH.contains(load);
    }

    /** The nodes that get a defect; none if it can change nothing in this run. */
    List<String> of(NodeDefect defect, long seed) {
        var fitting = nodes.stream()
                .filter(node -> defect.scope().fits(node.role()))
                .map(NodeSpec::name)
                .toList();
        if (defect.load() == DefectLoad.RESTARTS) {
            fitting = restarted.isEmpty() || defect.scope() == DefectScope.ALL
                    ? (restarted.isEmpty() ? List.of() : fitting)
                    : fitting.stream().filter(restarted::contains).toList();
        } else if (defect.load() == DefectLoad.PARTITION && !cut.isEmpty()) {
            var hit = side.isEmpty() ? cut : side;
            fitting = fitting.stream().filter(hit::contains).toList();
        } else if (defect.load() == DefectLoad.RELAYED_BLOCKS) {
            fitting = fitting.stream().filter(between::contains).toList();
        }
        if (fitting.isEmpty() || defect.scope() == DefectScope.ALL) {
            return fitting;
        }
        return List.of(fitting.get((int) Math.floorMod(seed + defect.ordinal(), (long) fitting.size())));
    }
}
