package org.junitnomos.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Tells all reporters of a run; one that fails harms neither the run nor the others. */
final class Reporters {

    private final Object lock = new Object();
    private final List<RunListener> listeners = new ArrayList<>();

    Reporters(RunInfo info, List<RunReporter> reporters) {
        for (var reporter : reporters) {
            guarded(reporter, each -> listeners.add(each.open(info)));
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
            listeners.forEach(listener -> guarded(listener, message));
        }
    }

    private static <T> void guarded(T target, Consumer<T> action) {
        try {
            action.accept(target);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            LoggerFactory.getLogger(Reporters.class)
                    .warn("a reporter failed: {}", target.getClass().getName(), e);
        }
    }
}
