package org.junitnomos.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junitnomos.feed.BlockRecord;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.journal.JournalEvent.LoadDelivered;
import org.junitnomos.mantle.SignedMantleTx;

class LoadAccountTests {
    private final InMemoryJournal journal = new InMemoryJournal();
    private final LoadAccount account = LoadAccount.open(run(), "payments", LoadAccount.TRANSACTIONS);

    private RunContext run() {
        var clock = (ScenarioClock) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ScenarioClock.class},
                (proxy, method, arguments) -> Duration.ofSeconds(7));
        return (RunContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RunContext.class},
                (proxy, method, arguments) -> method.getName().equals("clock") ? clock : journal);
    }

    @Test
    void goesOnRecordOnceWithTheReasonsInTheirOrder() {
        account.due(10);
        account.submitted();
        account.submitted();
        account.accepted();
        account.missed("no node answered", 2);
        account.missed("a full moon", 1);
        account.missed("no node answered", 1);
        account.close();
        account.close();

        assertThat(journal.events()).singleElement().isInstanceOfSatisfying(LoadDelivered.class, event -> {
            assertThat(event.at()).isEqualTo(Duration.ofSeconds(7).toNanos());
            assertThat(event.workload()).isEqualTo("payments");
            assertThat(event.planned()).isEqualTo(10);
            assertThat(event.submitted()).isEqualTo(2);
            assertThat(event.accepted()).isEqualTo(1);
            assertThat(event.missed())
                    .containsExactly(
                            entry("no node answered", 3L), entry("a full moon", 1L), entry(LoadAccount.RUN_ENDED, 5L));
        });
    }

    @Test
    void takesTheWordOfASubmission() {
        account.due(3);
        account.submitted(submission(null));
        account.submitted(submission("refused by validator-1 with status 500"));
        account.close();

        assertThat(journal.events()).singleElement().isInstanceOfSatisfying(LoadDelivered.class, event -> {
            assertThat(event.submitted()).isEqualTo(2);
            assertThat(event.accepted()).isEqualTo(1);
            assertThat(event.missed())
                    .containsExactly(
                            entry("refused by validator-1 with status 500", 1L), entry(LoadAccount.RUN_ENDED, 1L));
        });
    }

    private static Submission submission(@Nullable String refusal) {
        return new Submission() {
            @Override
            public SignedMantleTx transaction() {
                throw new UnsupportedOperationException("of no matter here");
            }

            @Override
            public Optional<String> refusal() {
                return Optional.ofNullable(refusal);
            }

            @Override
            public RunContext run() {
                throw new UnsupportedOperationException("of no matter here");
            }

            @Override
            public BlockRecord awaitInBlock(Duration limit) {
                throw new UnsupportedOperationException("of no matter here");
            }
        };
    }

    @Test
    void refusesNegativeNumbers() {
        assertThatThrownBy(() -> account.due(-1)).hasMessage("expected 0 or more but was -1");
        assertThatThrownBy(() -> account.missed("no reason", -2)).hasMessage("expected 0 or more but was -2");
    }
}
