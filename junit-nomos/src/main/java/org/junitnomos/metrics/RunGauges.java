package org.junitnomos.metrics;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlobDispersed;
import org.junitnomos.journal.JournalEvent.BlobFinal;
import org.junitnomos.journal.JournalEvent.BlobIncluded;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.FaultHealed;
import org.junitnomos.journal.JournalEvent.FaultInForce;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.journal.JournalEvent.TransactionAccepted;
import org.junitnomos.journal.JournalEvent.TransactionFinal;
import org.junitnomos.journal.JournalEvent.TransactionIncluded;
import org.junitnomos.journal.JournalEvent.TransactionRejected;

/** What the journal of a run tells in numbers, for those who do not read journals; follows it as it grows. */
final class RunGauges {
    /** The names, in order. */
    static final List<String> NAMES = List.of(
            "nomos_run_blobs_dispersed",
            "nomos_run_blobs_final",
            "nomos_run_blobs_included",
            "nomos_run_blocks_seen",
            "nomos_run_faults_in_force",
            "nomos_run_height",
            "nomos_run_lib_height",
            "nomos_run_transactions_accepted",
            "nomos_run_transactions_final",
            "nomos_run_transactions_included",
            "nomos_run_transactions_rejected");

    private final SortedMap<String, Long> values = new TreeMap<>();
    private int read;

    RunGauges() {
        NAMES.forEach(name -> values.put(name, 0L));
    }

    /** Reads on; the numbers by metric. */
    SortedMap<String, Long> after(List<JournalEvent> events) {
        for (; read < events.size(); read++) {
            accept(events.get(read));
        }
        return values;
    }

    private void accept(JournalEvent event) {
        if (event instanceof BlockObserved block) {
            grow("blocks_seen", 1);
            raise("height", block.height());
        } else if (event instanceof TipChanged tip) {
            raise("lib_height", tip.libHeight());
        } else if (event instanceof FaultInForce) {
            grow("faults_in_force", 1);
        } else if (event instanceof FaultHealed) {
            grow("faults_in_force", -1);
        } else if (event instanceof TransactionAccepted) {
            grow("transactions_accepted", 1);
        } else if (event instanceof TransactionRejected) {
            grow("transactions_rejected", 1);
        } else if (event instanceof TransactionIncluded) {
            grow("transactions_included", 1);
        } else if (event instanceof TransactionFinal) {
            grow("transactions_final", 1);
        } else if (event instanceof BlobDispersed) {
            grow("blobs_dispersed", 1);
        } else if (event instanceof BlobIncluded) {
            grow("blobs_included", 1);
        } else if (event instanceof BlobFinal) {
            grow("blobs_final", 1);
        }
    }

    private void grow(String name, long by) {
        values.merge("nomos_run_" + name, by, Long::sum);
    }

    private void raise(String name, long to) {
        values.merge("nomos_run_" + name, to, Math::max);
    }
}
