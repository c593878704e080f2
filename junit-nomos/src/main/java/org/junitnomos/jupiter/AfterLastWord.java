package org.junitnomos.jupiter;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Waits until JUnit tells how a test, or what stands around several, ended, its store closed. Watchers hear it of
 * tests, listeners of the launcher, if there is one, of all else. Where neither is told, the store around ends it.
 */
final class AfterLastWord implements TestExecutionListener {
    private static final String WAITING = "waiting ";

    /** The watchers of JUnit are told of these alone. */
    private static final Pattern WATCHED = Pattern.compile(".*\\[(method|test-template-invocation):[^]]*]");

    private final Map<String, Waiting> containers = new ConcurrentHashMap<>();

    /** What is to be done then. */
    interface Ending {
        /** Does it; {@code failure} is what JUnit failed or aborted the test with, if it did. */
        void end(Optional<Throwable> failure) throws Exception;
    }

    /** In the store around, and told once. */
    private static final class Waiting implements AutoCloseable {
        private final AtomicReference<@Nullable Ending> ending;

        private Waiting(Ending ending) {
            this.ending = new AtomicReference<>(ending);
        }

        private void end(Optional<Throwable> failure) throws Exception {
            var once = ending.getAndSet(null);
            if (once != null) {
                once.end(failure);
            }
        }

        @Override
        public void close() throws Exception {
            end(Optional.empty());
        }
    }

    /** Says whether the watchers of JUnit hear how this test ends. */
    static boolean isWatched(ExtensionContext context) {
        return WATCHED.matcher(context.getUniqueId()).matches();
    }

    /** Waits for the end of a test whose store is being closed; false if nobody would tell. */
    static boolean waitFor(ExtensionContext context, Ending ending) {
        var around = context.getParent();
        var listener = Runs.listener(context);
        if (around.isEmpty() || !isWatched(context) && listener.isEmpty()) {
            return false;
        }
        var waiting = new Waiting(ending);
        Runs.store(around.get()).put(WAITING + context.getUniqueId(), waiting);
        if (!isWatched(context)) {
            listener.get().containers.put(context.getUniqueId(), waiting);
        }
        return true;
    }

    /** Hears how a test ended, as its watchers do. */
    static void ended(ExtensionContext context, Optional<Throwable> failure) throws Exception {
        var around = context.getParent();
        if (around.isPresent()) {
            var waiting = Runs.store(around.get()).remove(WAITING + context.getUniqueId(), Waiting.class);
            if (waiting != null) {
                waiting.end(failure);
            }
        }
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        var waiting = containers.remove(identifier.getUniqueId());
        if (waiting != null) {
            try {
                waiting.end(result.getThrowable());
            } catch (Exception e) {
                throw new IllegalStateException("the end of the run of " + identifier.getDisplayName(), e);
            }
        }
    }
}
