package org.junitnomos.workload;

import java.time.Duration;
import org.junitnomos.scenario.LoadAccount;
import org.junitnomos.scenario.RunContext;

/**
 * What is due of the transactions of one workload, block by block, and why some of it was not delivered. Used by one
 * thread.
 */
final class TransactionLoad implements AutoCloseable {
    static final String WAITING = "every user waited for its last transaction to be included";
    static final String FULL =
            "as many waited as a block has room for, and with more of them no block is made any more";
    static final String SIGNING = "transactions were signed too slowly";
    static final String ANSWERS = "nodes answered too slowly";
    static final String AT_ONCE = "more blocks came at once than there are users to pay for";

    /** What a block brings is due only if there were so many slots to submit it. */
    private static final int SLOTS_TO_DELIVER = 2;

    private final RunContext run;
    private final LoadAccount account;
    private final int rate;
    private final int users;
    private long height;
    private long left;
    private long leftSinceSlot;
    private long open;
    private boolean unsigned;
    private Duration signing = Duration.ZERO;
    private Duration answering = Duration.ZERO;

    TransactionLoad(RunContext run, TransactionWorkload workload, int users) {
        this.run = run;
        this.account = LoadAccount.open(run, workload.name(), LoadAccount.TRANSACTIONS);
        this.rate = workload.rate();
        this.users = users;
        this.height = run.feed().height();
        add(rate);
    }

    long height() {
        return height;
    }

    /** How many are to be submitted now. */
    long left() {
        return left;
    }

    /** Takes note of the blocks that came; more than one transaction a user cannot pile up. */
    void follow() {
        long now = run.feed().height();
        add(rate * Math.max(0, now - height));
        height = Math.max(height, now);
    }

    private void add(long more) {
        if (more > 0) {
            left += more;
            leftSinceSlot = run.clock().slot();
        }
        if (left > users) {
            miss(slowness(AT_ONCE), left - users);
            left = users;
        }
    }

    private void miss(String reason, long count) {
        account.due(count);
        account.missed(reason, count);
    }

    /** One of what is left goes to the nodes now. */
    void take() {
        unsigned = false;
        left--;
        open++;
    }

    /** Nobody is left to pay for the rest. */
    void nobodyReady() {
        miss(WAITING, left);
        left = 0;
    }

    /** More would stop the chain, so the rest is not sent (node contract 3.5). */
    void blocksFull() {
        miss(FULL, left);
        left = 0;
    }

    /** The nodes have answered, or there was none. */
    void settle(PendingTransaction sent) {
        open--;
        account.due(1);
        if (sent.attempts > 0 && !sent.counted) {
            sent.counted = true;
            account.submitted();
        }
        if (sent.accepted) {
            account.accepted();
        } else {
            account.missed(sent.refusal, 1);
        }
    }

    /** There is something to be spent, and nothing of it is signed yet. */
    void nothingSigned() {
        unsigned = true;
    }

    /** Makes and signs something. */
    interface Signing<T> {
        T sign() throws InterruptedException;
    }

    /** Measures a wait for a signature; there is none where it was made ahead. */
    <T> T timeSigning(Signing<T> work) throws InterruptedException {
        var start = run.clock().now();
        try {
            return work.sign();
        } finally {
            signing = signing.plus(run.clock().now().minus(start));
        }
    }

    void answered(Duration time) {
        answering = answering.plus(time);
    }

    /** Why there was no time: signatures that were not there, or answers that took more than a slot. */
    private String slowness(String otherwise) {
        var slot = run.scenario().topology().consensus().slotDuration();
        if (unsigned || signing.compareTo(answering) >= 0 && signing.compareTo(slot) > 0) {
            return SIGNING;
        }
        return answering.compareTo(slot) > 0 ? ANSWERS : otherwise;
    }

    /** What is due since more than the last blocks and still not signed. */
    private long unsigned() {
        return unsigned ? Math.max(0, left - (long) SLOTS_TO_DELIVER * rate) : 0;
    }

    /** Counts what was still due, but for what came too late to be submitted, and puts all of it on record. */
    @Override
    public void close() {
        long slot = run.clock().slot();
        long overlooked = run.feed().chain().stream()
                .filter(block -> block.height() > height)
                .filter(block -> slot - block.block().header().slot() > SLOTS_TO_DELIVER)
                .count();
        long late = rate * overlooked + (slot - leftSinceSlot > SLOTS_TO_DELIVER ? left + open : unsigned());
        miss(slowness(LoadAccount.RUN_ENDED), late);
        account.close();
    }
}
