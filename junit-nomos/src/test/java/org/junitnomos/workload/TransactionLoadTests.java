package org.junitnomos.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.journal.JournalEvent.LoadDelivered;
import org.junitnomos.scenario.LoadAccount;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioClock;

/** What is due and why it was not delivered, on a clock and a chain that the test moves. */
class TransactionLoadTests {
    private static final Duration SLOT = Duration.ofSeconds(2);

    private final InMemoryJournal journal = new InMemoryJournal();
    private final RunContext run;
    private Duration now = Duration.ZERO;
    private long height;

    TransactionLoadTests() {
        var scenario = Scenario.builder().build();
        var clock = fake(ScenarioClock.class, Map.of("now", () -> now, "slot", () -> now.dividedBy(SLOT)));
        var feed = fake(BlockFeed.class, Map.of("height", () -> height, "chain", List::of));
        run = fake(
                RunContext.class,
                Map.of("scenario", () -> scenario, "clock", () -> clock, "feed", () -> feed, "journal", () -> journal));
    }

    private interface Answer {
        Object get();
    }

    private static <T> T fake(Class<T> type, Map<String, Answer> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName()).get()));
    }

    private TransactionLoad load(int rate, int users) {
        return new TransactionLoad(run, new TransactionWorkload(rate, users), users);
    }

    private static PendingTransaction sent(boolean accepted) {
        var sent = new PendingTransaction(null, null, null, null);
        sent.attempts = 1;
        sent.accepted = accepted;
        return sent;
    }

    private void wait(int slots) {
        now = now.plus(SLOT.multipliedBy(slots));
    }

    private LoadDelivered closed(TransactionLoad load) {
        load.close();
        assertThat(journal.events()).hasSize(1);
        var account = (LoadDelivered) journal.events().get(0);
        long missed =
                account.missed().values().stream().mapToLong(Long::longValue).sum();
        assertThat(account.planned()).isEqualTo(account.accepted() + missed);
        return account;
    }

    private void deliver(TransactionLoad load, int slotsToSign) throws InterruptedException {
        while (load.left() > 0) {
            load.timeSigning(() -> {
                wait(slotsToSign);
                return slotsToSign;
            });
            load.take();
            load.settle(sent(true));
        }
    }

    @Test
    void blamesTheSignerIfItIsSlowerThanTheBlocks() throws InterruptedException {
        var load = load(5, 20);
        deliver(load, 2);
        height = 10;
        load.follow();
        assertThat(load.left()).isEqualTo(20);
        deliver(load, 2);
        var account = closed(load);

        assertThat(account.planned()).isEqualTo(55);
        assertThat(account.submitted()).isEqualTo(25);
        assertThat(account.accepted()).isEqualTo(25);
        assertThat(account.missed()).containsExactly(entry(TransactionLoad.SIGNING, 30L));
    }

    @Test
    void blamesTheSignerForWhatItHasNotSignedYet() {
        var load = load(5, 20);
        load.take();
        load.settle(sent(true));
        load.nothingSigned();
        wait(1);
        height = 3;
        load.follow();
        assertThat(load.left()).isEqualTo(19);
        load.nothingSigned();
        wait(1);

        // What the last two blocks brought may still have come.
        assertThat(closed(load).missed()).containsExactly(entry(TransactionLoad.SIGNING, 9L));
    }

    @Test
    void blamesTheNodesIfTheirAnswersTakeLongest() {
        var load = load(5, 20);
        load.answered(SLOT.multipliedBy(3));
        height = 10;
        load.follow();

        assertThat(closed(load).missed()).containsEntry(TransactionLoad.ANSWERS, 35L);
    }

    @Test
    void blamesTheChainIfItMovesByManyBlocksAtOnce() throws InterruptedException {
        var load = load(5, 20);
        height = 10;
        load.follow();
        deliver(load, 0);

        assertThat(closed(load).missed()).containsExactly(entry(TransactionLoad.AT_ONCE, 35L));
    }

    @Test
    void saysHowManyUsersWaitedAndWhoRefused() {
        var load = load(5, 20);
        load.take();
        var refused = sent(false);
        refused.refusal = "refused by validator-1 with status 500";
        load.settle(refused);
        load.take();
        load.settle(refused);
        load.nobodyReady();
        var account = closed(load);

        assertThat(account.submitted()).isEqualTo(1);
        assertThat(account.missed())
                .containsExactly(
                        entry("refused by validator-1 with status 500", 2L), entry(TransactionLoad.WAITING, 3L));
    }

    @Test
    void forgivesWhatTheLastTwoSlotsBroughtAndNoMore() {
        var load = load(5, 20);
        wait(2);
        assertThat(closed(load).planned()).isZero();
    }

    @Test
    void countsWhatWasDueBeforeTheLastTwoSlots() {
        var load = load(5, 20);
        wait(3);
        assertThat(closed(load).missed()).containsExactly(entry(LoadAccount.RUN_ENDED, 5L));
    }

    @Test
    void saysThatBlocksAreFull() {
        var load = load(5, 20);
        load.blocksFull();

        assertThat(load.left()).isZero();
        assertThat(closed(load).missed()).containsExactly(entry(TransactionLoad.FULL, 5L));
    }
}
