package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestSessionTests {
    private final List<String> closed = new ArrayList<>();

    @Test
    void closesWhatIsStillOpen() {
        var session = new TestSession(0, List.of());
        OpenRun finished = () -> closed.add("finished");
        session.opened(() -> closed.add("open"));
        session.opened(finished);
        session.closed(finished);
        session.close();
        session.close();
        assertThat(closed).containsExactly("open");
    }

    @Test
    void tellsItsNoticesOnce() {
        var err = System.err;
        var told = new ByteArrayOutputStream();
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
        try (var session = new TestSession(0, List.of("Variable A does nothing here."))) {
            session.shelf();
        } finally {
            System.setErr(err);
        }
        assertThat(told.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("WARN")
                .contains("Variable A does nothing here.");
    }

    @Test
    void neverThrowsAndClosesTheRest() {
        var session = new TestSession(0, List.of());
        session.opened(() -> {
            throw new IllegalStateException("stuck");
        });
        session.opened(() -> closed.add("second"));
        session.close();
        assertThat(closed).containsExactly("second");
    }

    @Test
    void limitsTheNodesUnlessTheLimitIsZero() throws InterruptedException {
        try (var session = new TestSession(0, List.of())) {
            assertThat(session.admit("A", 1_000_000, List.of())).isNotNull();
            assertThat(session.admit("B", 1_000_000, List.of())).isNotNull();
        }
    }
}
