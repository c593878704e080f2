package org.junitnomos.deploy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.time.VirtualTimeline;

class InsistenceTests {
    private final AtomicInteger sent = new AtomicInteger();

    private Runnable failing(int times, NodeApiException.Kind kind) {
        return () -> {
            if (sent.incrementAndGet() <= times) {
                throw failure(kind);
            }
        };
    }

    @Test
    void sendsAgainWhatANodeDidNotAnswerInTime() throws InterruptedException {
        try (var timeline = new RealTimeline()) {
            new Insistence(timeline).send(failing(2, NodeApiException.Kind.TIMEOUT));
        }
        assertThat(sent).hasValue(3);
    }

    @Test
    void takesEveryOtherAnswer() {
        try (var timeline = new RealTimeline()) {
            var insistence = new Insistence(timeline);
            assertThatThrownBy(() -> insistence.send(failing(1, NodeApiException.Kind.UNREACHABLE)))
                    .isInstanceOfSatisfying(
                            NodeApiException.class,
                            e -> assertThat(insistence.text(e)).isEqualTo(e.getMessage()));
        }
        assertThat(sent).hasValue(1);
    }

    @Test
    void sendsNothingAgainInVirtualTime() {
        try (var timeline = new VirtualTimeline()) {
            assertThatThrownBy(() -> new Insistence(timeline).send(failing(1, NodeApiException.Kind.TIMEOUT)))
                    .isInstanceOf(NodeApiException.class);
        }
        assertThat(sent).hasValue(1);
    }

    private static NodeApiException failure(NodeApiException.Kind kind) {
        return new NodeApiException("POST /x failed: " + kind, "validator-0", kind, 0, "it failed", "", null);
    }
}
