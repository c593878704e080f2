package org.junitnomos.expectation;

import java.util.TreeMap;
import java.util.TreeSet;
import org.junitnomos.journal.JournalEvent.FaultHealed;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.JournalEvent.PeersCounted;
import org.junitnomos.topology.NodeSpec;

/** Which nodes had fewer peers at the end of a run than they are linked with. */
final class LostPeers {
    private final RunFacts facts;
    private final TreeMap<String, Integer> peers = new TreeMap<>();
    private final TreeMap<Integer, String> networkFaults = new TreeMap<>();
    private String healed = "";

    LostPeers(RunFacts facts) {
        this.facts = facts;
        for (var event : facts.events) {
            if (event instanceof PeersCounted counted) {
                peers.put(counted.node(), counted.peers());
            } else if (event instanceof FaultRequested fault && Excuses.touchesNetwork(fault.kind())) {
                networkFaults.put(fault.fault(), fault.kind());
            } else if (event instanceof FaultHealed over && networkFaults.containsKey(over.fault())) {
                healed = " by fault " + over.fault() + " (" + networkFaults.get(over.fault()) + "), which is healed,";
            }
        }
    }

    /** For texts, with a comma before; empty if the node has all its peers, or did not tell. */
    String of(String node) {
        Integer count = peers.get(node);
        int linked = linked(node);
        if (count == null || count >= linked) {
            return "";
        }
        return ", connected with " + count + " of the " + linked + " running nodes it is linked with"
                + (facts.testsDevNodes()
                        ? ""
                        : ": connections that were lost" + healed
                                + " do not come back, because real nodes never dial again (node contract 5.2)");
    }

    /** The number of running nodes with which the layout links it; newcomers are linked with all. */
    private int linked(String node) {
        var running = new TreeSet<>(facts.expectedNodes());
        running.remove(node);
        running.removeIf(facts.deaths()::isDead);
        var topology = facts.run.scenario().topology();
        var declared = topology.nodes();
        var own = declared.stream().filter(each -> each.name().equals(node)).findFirst();
        if (own.isEmpty()) {
            return running.size();
        }
        var notLinked = new TreeSet<>(declared.stream().map(NodeSpec::name).toList());
        topology.layout()
                .peersOf(own.get().index(), declared.size())
                .forEach(peer -> notLinked.remove(declared.get(peer).name()));
        running.removeAll(notLinked);
        return running.size();
    }
}
