package org.junitnomos.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.scenario.NodeOffer;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.Threads;

/**
 * Hands transactions in: one after the other in virtual time, where an exchange takes no time; in real time several at
 * once, as a node answers one within milliseconds and hundreds of them are for one block.
 */
final class Submissions implements AutoCloseable {
    static final String NO_NODE = "no node was running";
    static final String NO_ANSWER = "no node answered";

    private static final int THREADS = 8;

    private final RunContext run;
    private final TransactionWorkload workload;
    private final Random random;
    private final @Nullable ExecutorService threads;
    private long count;

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
        offer(sent, false).run();
    }

    /**
     * Gives a transaction another go after a reorg: a node that has it may have it as one of a block that was left, and
     * never proposes it again, so all are asked until one takes it anew.
     */
    void submitAgain(PendingTransaction sent) {
        offer(sent, true).run();
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
            answers.add(pool.submit(offer(sent, false)));
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
    private Runnable offer(PendingTransaction sent, boolean again) {
        var running = NodeSelector.running().choose(run.cluster().nodes());
        if (running.isEmpty()) {
            return () -> sent.refusal = NO_NODE;
        }
        int first = workload.strategy().first(running, count++, random);
        return () -> {
            for (int i = 0; i < running.size(); i++) {
                sent.attempts++;
                var offer = new NodeOffer(run, workload.name(), sent.transaction, sent.attempts, sent.attempts > 1);
                var node = running.get((first + i) % running.size());
                var answer = offer.to(node);
                boolean had = again && answer.kind() == NodeOffer.Kind.HAS;
                if (answer.kind() != NodeOffer.Kind.UNREACHABLE && !had) {
                    sent.accepted |= answer.isWithNode();
                    sent.takenBy = answer.isWithNode() ? node.name() : sent.takenBy;
                    sent.refusal = answer.refusal();
                    return;
                }
            }
            sent.refusal = NO_ANSWER;
        };
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
