package org.junitnomos.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.journal.JournalEvent;

/**
 * Keeps account of the load that a workload was to deliver, and puts it on record when it is closed: as one {@code
 * LoadDelivered} in the journal. Thread-safe.
 *
 * <p>Open it in a try-with-resources statement, so that it is closed also when the workload is interrupted:
 *
 * <pre>{@code
 * try (var load = LoadAccount.open(run, name(), LoadAccount.TRANSACTIONS)) {
 *     while (run.isDriving()) {
 *         load.due(1);
 *         …
 *         load.submitted(run.submit(transaction));
 *     }
 * }
 * }</pre>
 *
 * <p>What was due and neither accepted nor reported as {@linkplain #missed missed} is missed because the run ended
 * first.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class LoadAccount implements AutoCloseable {
    /** Load that {@code TransactionInclusion} judges. */
    public static final String TRANSACTIONS = "transactions";

    /** Load that {@code BlobInclusion} judges. */
    public static final String BLOBS = "blobs";

    /** Messages that open a channel, which {@code BlobInclusion} judges as well. */
    public static final String INSCRIPTIONS = "inscriptions";

    /** Why load that was due is missing if nobody said why. */
    public static final String RUN_ENDED = "the run window ended first";

    private final RunContext run;
    private final String workload;
    private final String load;
    private final Map<String, Long> missed = new LinkedHashMap<>();
    private long planned;
    private long submitted;
    private long accepted;
    private boolean closed;

    private LoadAccount(RunContext run, String workload, String load) {
        this.run = Objects.requireNonNull(run, "run");
        this.workload = Objects.requireNonNull(workload, "workload");
        this.load = Objects.requireNonNull(load, "load");
    }

    /**
     * Opens an account.
     *
     * @param run the run that the workload drives
     * @param workload name of the workload
     * @param load what it submits: {@link #TRANSACTIONS}, {@link #BLOBS}, {@link #INSCRIPTIONS}, or a word of its own,
     *     which stands in reports and is not judged
     * @return an account with nothing in it
     */
    public static LoadAccount open(RunContext run, String workload, String load) {
        return new LoadAccount(run, workload, load);
    }

    /**
     * Notes that more is due.
     *
     * @param count how many, 0 or more
     */
    public synchronized void due(long count) {
        planned += notNegative(count);
    }

    /** Notes that one was submitted to a node for the first time, whatever the node says. */
    public synchronized void submitted() {
        submitted++;
    }

    /**
     * Notes that one was submitted to nodes for the first time, and whether one took it.
     *
     * @param submission what {@link RunContext#submit} returned
     */
    public void submitted(Submission submission) {
        submitted();
        submission.refusal().ifPresentOrElse(reason -> missed(reason, 1), this::accepted);
    }

    /** Notes that a node took one for the first time. */
    public synchronized void accepted() {
        accepted++;
    }

    /**
     * Notes that some of what is due will not be delivered.
     *
     * @param reason why, for example {@code "no node was running"}; the same text adds up, so keep ids out of it
     * @param count how many, 0 or more
     */
    public synchronized void missed(String reason, long count) {
        Objects.requireNonNull(reason, "reason");
        if (notNegative(count) > 0) {
            missed.merge(reason, count, Long::sum);
        }
    }

    private static long notNegative(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("expected 0 or more but was " + count);
        }
        return count;
    }

    /** Puts the account on record; later calls do nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        long told = missed.values().stream().mapToLong(Long::longValue).sum();
        missed(RUN_ENDED, Math.max(0, planned - accepted - told));
        run.journal()
                .append(new JournalEvent.LoadDelivered(
                        run.clock().now().toNanos(), workload, load, planned, submitted, accepted, missed));
    }
}
