package org.junitnomos.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.Threads;

/**
 * Hands transactions in: one after the other in virtual time, where an exchange takes no time; in real time several at
 * once, as a node answers one within milliseconds and hundreds of them are for one block.
 */
final class Submissions implements AutoCloseable {
    static final String NO_NODE = "no node was running";
    static final String NO_ANSWER = "no node answered";

    private static final String DUPLICATE = "Item already in mempool";
    private static final int THREADS = 8;

    private final RunContext run;
    private final TransactionWorkload workload;
    private final Random random;
    private final @Nullable ExecutorService threads;
    private long count;

    private enum Answer {
        ACCEPTED,
        REJECTED,
        UNREACHABLE
    }

    Submissions(RunContext run, TransactionWorkload workload) {
        this.run = run;
        this.workload = workload;
        this.random = run.random("transactions");
        this.threads =
                run.clock().isVirtual() ? null : Executors.newFixedThreadPool(THREADS, Threads.factory("transactions"));
    }

    boolean areParallel() {
        return threads != null;
    }

    /** Tries the running nodes in turn until one takes the transaction. */
    void submit(PendingTransaction sent) {
        offer(sent).run();
    }

    /** Submits all, at the same time if that is possible, and waits for the answers. */
    void submitAll(List<PendingTransaction> all) throws InterruptedException {
        ExecutorService pool = threads;
        if (pool == null) {
            all.forEach(this::submit);
            return;
        }
        List<Future<?>> answers = new ArrayList<>(all.size());
        for (var sent : all) {
            answers.add(pool.submit(offer(sent)));
        }
        for (var answer : answers) {
            try {
                answer.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException(e.getCause());
            }
        }
    }

    /** Decides on this thread which node is asked first, so that the choice is the same in every run. */
    private Runnable offer(PendingTransaction sent) {
        var running = NodeSelector.running().choose(run.cluster().nodes());
        if (running.isEmpty()) {
            return () -> sent.refusal = NO_NODE;
        }
        int first = workload.strategy().first(running, count++, random);
        return () -> {
            for (int i = 0; i < running.size(); i++) {
                var node = running.get((first + i) % running.size());
                var answer = tryNode(sent, node);
                if (answer != Answer.UNREACHABLE) {
                    sent.accepted |= answer == Answer.ACCEPTED;
                    return;
                }
            }
            sent.refusal = NO_ANSWER;
        };
    }

    private Answer tryNode(PendingTransaction sent, NodeHandle node) {
        var hash = sent.transaction.hash();
        sent.attempts++;
        run.journal()
                .append(new JournalEvent.TransactionSubmitted(at(), hash, node.name(), workload.name(), sent.attempts));
        try {
            node.client().submit(sent.transaction);
        } catch (NodeApiException failure) {
            if (sent.attempts > 1 && isDuplicate(failure)) {
                return Answer.ACCEPTED;
            }
            run.journal()
                    .append(new JournalEvent.TransactionRejected(
                            at(), hash, node.name(), failure.status(), failure.body()));
            sent.refusal = refusal(node, failure);
            return failure.status() == 0 ? Answer.UNREACHABLE : Answer.REJECTED;
        }
        run.journal().append(new JournalEvent.TransactionAccepted(at(), hash, node.name()));
        return Answer.ACCEPTED;
    }

    /** Who refused and how, for the account of the load; without the text, which may hold ids. */
    static String refusal(NodeHandle node, NodeApiException failure) {
        return failure.status() == 0
                ? node.name() + " did not answer"
                : "refused by " + node.name() + " with status " + failure.status();
    }

    /** Whether a node refused a transaction only because it has it already. */
    static boolean isDuplicate(NodeApiException failure) {
        return failure.body().contains(DUPLICATE);
    }

    private long at() {
        return run.clock().now().toNanos();
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
