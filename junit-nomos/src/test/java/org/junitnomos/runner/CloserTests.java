package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloserTests {

    private final Closer closer = new Closer();
    private final List<String> closed = new ArrayList<>();

    private AutoCloseable failing(String name, Throwable failure) {
        return () -> {
            closed.add(name);
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        };
    }

    @Test
    void closesTheLastFirstAndOnce() throws Exception {
        AutoCloseable first = () -> closed.add("first");
        assertThat(closer.add(first)).isSameAs(first);
        closer.add(() -> closed.add("second"));
        closer.close();
        closer.close();
        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void closesEverythingAndThrowsTheFirstFailure() {
        closer.add(failing("a", new IOException("a")));
        closer.add(() -> closed.add("b"));
        closer.add(failing("c", new AssertionError("c")));
        closer.add(failing("d", new IOException("d")));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(closer::close)
                .withMessage("d")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("c", "a"));
        assertThat(closed).containsExactly("d", "c", "b", "a");
    }

    @Test
    void throwsAnErrorAsItIs() {
        closer.add(failing("a", new AssertionError("a")));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(closer::close)
                .withMessage("a");
    }

    @Test
    void suppressesEverythingIntoAPrimaryFailure() {
        closer.add(failing("a", new IOException("a")));
        IOException primary = new IOException("primary");
        closer.closeAfter(primary);
        assertThat(primary.getSuppressed()).extracting(Throwable::getMessage).containsExactly("a");
    }

    @Test
    void closesAResourceThatComesTooLate() throws Exception {
        closer.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> closer.add(failing("late", new IOException("x"))))
                .withMessageStartingWith("closer is closed already; closed the late resource ")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(closed).containsExactly("late");
    }

    @Test
    void keepsAnInterruptVisible() {
        closer.add(failing("a", new InterruptedException("a")));
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(closer::close);
        assertThat(Thread.interrupted()).isTrue();
    }
}
