package org.junitnomos.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junitnomos.time.VirtualTimeline;

class EventLedgerTests {
    private final VirtualTimeline timeline = new VirtualTimeline();
    private final EventLedger events = new EventLedger(timeline);
    private final List<String> ran = new ArrayList<>();

    @AfterEach
    void closeTimeline() {
        timeline.close();
    }

    @Test
    void namesTheEventsThatAreStillToCome() throws Exception {
        timeline.call(() -> {
            events.schedule(1_000, "first", () -> ran.add("first, open " + events.open()));
            events.schedule(3_000, "second", () -> ran.add("second"));
            assertThat(events.open()).containsExactly("first", "second");

            timeline.sleep(Duration.ofNanos(2_000));

            assertThat(ran).containsExactly("first, open [first, second]");
            assertThat(events.open()).containsExactly("second");
            return null;
        });
    }

    @Test
    void forgetsACanceledEvent() throws Exception {
        timeline.call(() -> {
            var event = events.schedule(1_000, "event", () -> ran.add("event"));

            event.cancel();
            event.cancel();
            timeline.sleep(Duration.ofNanos(2_000));

            assertThat(events.open()).isEmpty();
            assertThat(ran).isEmpty();
            return null;
        });
    }

    @Test
    void forgetsAnEventThatFails() throws Exception {
        timeline.onEventFailure(failure -> ran.add(failure.event() + " failed"));
        timeline.call(() -> {
            events.schedule(1_000, "event", () -> {
                throw new IllegalStateException("planted");
            });
            timeline.sleep(Duration.ofNanos(2_000));

            assertThat(events.open()).isEmpty();
            assertThat(ran).containsExactly("event failed");
            return null;
        });
    }

    @Test
    void takesNothingMoreOnceAllWereCanceled() throws Exception {
        timeline.call(() -> {
            events.schedule(1_000, "before", () -> ran.add("before"));
            events.cancelAll();
            events.schedule(1_000, "after", () -> ran.add("after"));
            timeline.sleep(Duration.ofNanos(2_000));

            assertThat(events.open()).isEmpty();
            assertThat(ran).isEmpty();
            return null;
        });
    }
}
