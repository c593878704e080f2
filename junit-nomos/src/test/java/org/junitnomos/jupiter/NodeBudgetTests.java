package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junitnomos.jupiter.NodeBudget.Permit;
import org.junitnomos.time.Threads;

class NodeBudgetTests {
    /** A thread for each task: the common pool may have one for all of them, and these tasks wait for each other. */
    private static final Executor THREADS =
            task -> Threads.factory("test").newThread(task).start();

    private final NodeBudget budget = new NodeBudget(6);

    @Test
    void admitsWhileThereIsRoom() throws InterruptedException {
        acquire("A", 4);
        var second = acquire("B", 2);
        assertThat(budget.used()).isEqualTo(6);
        second.close();
        second.close();
        assertThat(budget.used()).isEqualTo(4);
    }

    @Test
    void aClusterLargerThanTheBudgetRunsAlone() throws InterruptedException {
        acquire("large", 9);
        assertThat(budget.used()).isEqualTo(9);
    }

    @Test
    void waitsForRoom() throws Exception {
        var first = acquire("A", 5);
        var thread = new AtomicReference<Thread>();
        var second = CompletableFuture.supplyAsync(
                () -> {
                    thread.set(Thread.currentThread());
                    return acquireUnchecked("B", 3, List.of());
                },
                THREADS);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> thread.get() != null && thread.get().getState() == Thread.State.WAITING);
        assertThat(second).isNotDone();
        first.close();
        assertThat(second.get()).isNotNull();
        assertThat(budget.used()).isEqualTo(3);
    }

    @Test
    void evictsWhatNobodyUses() throws InterruptedException {
        var idle = acquire("idle", 5);
        budget.acquire("B", 3, List.of(), () -> {
            idle.close();
            return true;
        });
        assertThat(budget.used()).isEqualTo(3);
    }

    @Test
    void failsAtOnceWhenTheHolderIsAnAncestor() throws InterruptedException {
        var outer = acquire("Outer", 4);
        assertThatIllegalStateException()
                .isThrownBy(() -> budget.acquire("Outer.Inner", 3, List.of(outer), () -> false))
                .withMessage(
                        "no room for the 3 nodes of Outer.Inner: 4 of 6 are in use by Outer, who cannot end before."
                                + " Raise nomos.max.nodes, or do not refine the topology in a nested class of a class that keeps"
                                + " its cluster.");
    }

    @Test
    void failsWhenEverybodyWaitsForEverybody() throws Exception {
        var left = acquire("Left", 3);
        var right = acquire("Right", 3);
        var first = CompletableFuture.supplyAsync(() -> acquireUnchecked("Left.Inner", 2, List.of(left)), THREADS);
        var second = CompletableFuture.supplyAsync(() -> acquireUnchecked("Right.Inner", 2, List.of(right)), THREADS);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> first.isCompletedExceptionally() || second.isCompletedExceptionally());
        assertThat(first.isCompletedExceptionally() ? failure(first) : failure(second))
                .hasMessageContaining("6 of 6 are in use by Left, Right");
        left.close();
        right.close();
    }

    private static Throwable failure(CompletableFuture<?> future) {
        try {
            future.join();
            throw new AssertionError("expected a failure");
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    private Permit acquire(String owner, int nodes) throws InterruptedException {
        return budget.acquire(owner, nodes, List.of(), () -> false);
    }

    private Permit acquireUnchecked(String owner, int nodes, List<Permit> ancestors) {
        try {
            return budget.acquire(owner, nodes, ancestors, () -> false);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
