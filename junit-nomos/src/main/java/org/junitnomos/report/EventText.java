package org.junitnomos.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.time.CountText;
import org.junitnomos.topology.NodeState;

/** Says in one line what an event of the journal means to who watches a run. */
final class EventText {
    private EventText() {}

    /** Describes an event; empty if there are too many of its kind, or the console shows it anyway. */
    static Optional<String> of(JournalEvent event) {
        return ofNode(event).or(() -> ofLoad(event)).or(() -> ofFault(event)).or(() -> ofRun(event));
    }

    private static Optional<String> ofNode(JournalEvent event) {
        String text = null;
        if (event instanceof JournalEvent.NodeStateChanged changed) {
            boolean bad =
                    !changed.intended() && (changed.state() == NodeState.DEAD || changed.state() == NodeState.IMPAIRED);
            text = changed.node() + " is " + (bad ? changed.state().name() : words(changed.state())) + ": "
                    + changed.reason();
        } else if (event instanceof JournalEvent.NodeUpgraded upgraded) {
            text = upgraded.node() + " runs " + upgraded.to() + " from its next start on, in place of "
                    + upgraded.from();
        } else if (event instanceof JournalEvent.BlockObserved block) {
            int transactions = block.transactions().size();
            text = "block " + shortened(block.block().toHex()) + " at height " + block.height() + ", slot "
                    + block.slot() + ", first on " + block.node() + ", " + CountText.of(transactions, "transaction");
        } else if (event instanceof JournalEvent.TipChanged tip && tip.reorgDepth() > 0) {
            text = tip.node() + " took back " + CountText.of(tip.reorgDepth(), "block") + " and is at height "
                    + tip.height();
        } else if (event instanceof JournalEvent.FeedBlind blind) {
            text = blind.node() + " cannot be read: " + blind.reason();
        } else if (event instanceof JournalEvent.ContradictionSeen seen) {
            text = seen.node() + " contradicts itself about " + seen.about() + ": expected " + seen.expected()
                    + " but was " + seen.observed() + " (" + seen.times() + " times)";
        } else if (event instanceof JournalEvent.ContradictionEnded ended) {
            text = ended.node() + " no longer contradicts itself about " + ended.about();
        }
        return Optional.ofNullable(text);
    }

    private static Optional<String> ofLoad(JournalEvent event) {
        String text = null;
        if (event instanceof JournalEvent.TransactionRejected rejected) {
            text = rejected.node() + " refused transaction "
                    + shortened(rejected.transaction().toHex()) + ": " + status(rejected.status()) + rejected.reason();
        } else if (event instanceof JournalEvent.TransactionOrphaned orphaned) {
            text = "transaction " + shortened(orphaned.transaction().toHex()) + " left the chain with block "
                    + shortened(orphaned.block().toHex());
        } else if (event instanceof JournalEvent.BlobDispersed dispersed) {
            text = dispersed.node() + " dispersed blob "
                    + shortened(dispersed.blob().toHex());
        } else if (event instanceof JournalEvent.BlobRefused refused) {
            text = refused.node() + " did not disperse a blob: " + status(refused.status()) + refused.reason();
        } else if (event instanceof JournalEvent.BlobIncluded included) {
            text = "blob " + shortened(included.blob().toHex()) + " is announced at height " + included.height();
        } else if (event instanceof JournalEvent.BlobOrphaned orphaned) {
            text = "the announcement of blob " + shortened(orphaned.blob().toHex()) + " left the chain";
        } else if (event instanceof JournalEvent.BlobRetrieved retrieved) {
            String problem = retrieved.problem();
            text = "blob " + shortened(retrieved.blob().toHex())
                    + (problem == null ? " was put together again" : " could not be put together: " + problem);
        } else if (event instanceof JournalEvent.WorkloadEnded ended) {
            String problem = ended.problem();
            text = "workload " + ended.workload() + " ended" + (problem == null ? "" : ": " + problem);
        }
        return Optional.ofNullable(text);
    }

    private static Optional<String> ofFault(JournalEvent event) {
        String text = null;
        if (event instanceof JournalEvent.FaultRequested fault) {
            text = "fault " + fault.fault() + " requested: " + fault.kind() + on(fault.targets())
                    + (fault.detail().isEmpty() ? "" : " (" + fault.detail() + ")");
        } else if (event instanceof JournalEvent.FaultInForce fault) {
            text = "fault " + fault.fault() + " in force: " + fault.proof();
        } else if (event instanceof JournalEvent.FaultHealed fault) {
            text = "fault " + fault.fault() + " healed: " + fault.proof();
        }
        return Optional.ofNullable(text);
    }

    private static Optional<String> ofRun(JournalEvent event) {
        if (event instanceof JournalEvent.DeadlineExceeded exceeded) {
            return Optional.of("a limit ran out: " + exceeded.what());
        }
        if (event instanceof JournalEvent.Note note) {
            return Optional.of(note.author() + ": " + note.text());
        }
        return Optional.empty();
    }

    private static String words(NodeState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String on(List<String> targets) {
        return targets.isEmpty() ? "" : " of " + String.join(", ", targets);
    }

    private static String status(int status) {
        return status == 0 ? "" : status + " ";
    }

    private static String shortened(String hex) {
        return hex.length() <= 12 ? hex : hex.substring(0, 12);
    }
}
