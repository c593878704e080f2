package org.junitnomos.workload;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.scenario.RunContext;

/** Submits hostile transactions through one run, on one thread. */
final class HostileDriver {
    private static final int TAKEN = 200;

    private final RunContext run;
    private final int rate;
    private final HostileCraft craft;
    private final Set<String> gotTheLargest = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private int turn;

    HostileDriver(RunContext run, int rate) {
        this.run = run;
        this.rate = rate;
        this.craft = new HostileCraft(run);
    }

    void drive() throws InterruptedException {
        long height = run.feed().height();
        while (run.isDriving()) {
            craft.look();
            for (int i = 0; i < rate && run.isDriving(); i++) {
                submitNext();
            }
            NextBlock.await(run, height + 1);
            height = Math.max(height, run.feed().height());
        }
    }

    /** The next kind that there is material for, through the next node: all kinds pass through all nodes. */
    private void submitNext() throws InterruptedException {
        var nodes = NodeSelector.running().choose(run.cluster().nodes());
        if (nodes.isEmpty()) {
            return;
        }
        var kinds = HostileKind.values();
        for (int tried = 0; tried < kinds.length; tried++) {
            var kind = kinds[turn % kinds.length];
            // one node further with every round of the kinds, whatever their numbers have in common
            var node = nodes.get((turn + turn / kinds.length) % nodes.size());
            turn++;
            if (kind == HostileKind.TOO_LARGE && !gotTheLargest.add(node.name())) {
                continue;
            }
            Optional<SignedMantleTx> made = craft.make(kind);
            if (made.isPresent()) {
                submit(kind, node, made.get());
                return;
            }
        }
    }

    private void submit(HostileKind kind, NodeHandle node, SignedMantleTx transaction) {
        int status = TAKEN;
        String problem = null;
        try {
            node.client().submit(transaction);
        } catch (NodeApiException e) {
            status = e.kind() == NodeApiException.Kind.STATUS ? e.status() : 0;
            problem = node.name() + " on " + kind.label() + ": " + e.reason();
        }
        run.journal()
                .append(new JournalEvent.HostileSubmitted(
                        run.clock().now().toNanos(), transaction.hash(), node.name(), kind.label(), status));
        if (problem != null && told.add(kind + "@" + status)) {
            run.note("hostile transactions", problem);
        }
    }
}
