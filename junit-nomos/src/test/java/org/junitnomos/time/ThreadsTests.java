package org.junitnomos.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

class ThreadsTests {

    @Test
    void areNamedDaemonsThatHaveNotStarted() {
        Thread thread = Threads.daemon("watchdog", () -> {});
        assertThat(thread.getName()).isEqualTo("nomos-watchdog");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getState()).isEqualTo(Thread.State.NEW);
    }

    @Test
    void ofAFactoryAreNumbered() {
        ThreadFactory factory = Threads.factory("event");
        assertThat(factory.newThread(() -> {}).getName()).isEqualTo("nomos-event-1");
        assertThat(factory.newThread(() -> {}).getName()).isEqualTo("nomos-event-2");
    }
}
