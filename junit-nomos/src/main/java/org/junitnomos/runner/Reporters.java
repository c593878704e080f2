package org.junitnomos.runner;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Tells all reporters of a run; one that fails harms neither the run nor the others. What one of them could not write
 * is kept: it is missing in the evidence of the run.
 */
final class Reporters {

    private final Object lock = new Object();
    private final List<RunListener> listeners = new ArrayList<>();
    private @Nullable UncheckedIOException unwritten;

    Reporters(RunInfo info, List<RunReporter> reporters) {
        for (var reporter : reporters) {
            try {
                guarded(reporter, each -> listeners.add(each.open(info)));
            } catch (UncheckedIOException e) {
                unwritten = e;
            }
        }
    }

    static List<RunReporter> found() {
        var found = new ArrayList<RunReporter>();
        var loader = Reporters.class.getClassLoader();
        for (var providers =
                        ServiceLoader.load(RunReporter.class, loader).stream().iterator();
                providers.hasNext(); ) {
            try {
                found.add(providers.next().get());
            } catch (ServiceConfigurationError e) {
                LoggerFactory.getLogger(Reporters.class).warn("a reporter cannot be loaded and is left out", e);
            }
        }
        return found;
    }

    void tell(Consumer<RunListener> message) {
        synchronized (lock) {
            for (var listener : listeners) {
                try {
                    guarded(listener, message);
                } catch (UncheckedIOException e) {
                    unwritten = unwritten == null ? e : unwritten;
                }
            }
        }
    }

    /** Returns what a reporter could not write, the first time; null if there is nothing. */
    @Nullable
    UncheckedIOException unwritten() {
        synchronized (lock) {
            return unwritten;
        }
    }

    private static <T> void guarded(T target, Consumer<T> action) {
        try {
            action.accept(target);
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException | LinkageError | AssertionError e) {
            LoggerFactory.getLogger(Reporters.class)
                    .warn("a reporter failed: {}", target.getClass().getName(), e);
        }
    }
}
