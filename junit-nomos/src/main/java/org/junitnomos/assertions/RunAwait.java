package org.junitnomos.assertions;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.Unchecked;
import org.junitnomos.time.VisibleText;
import org.opentest4j.AssertionFailedError;

/**
 * Waits on the clock of a run until something is so: {@code await(run).atMost(ofSeconds(20)).until(…)}. In virtual
 * time that takes no time of the wall. What is awaited is asked on the calling thread, at once and then ten times a
 * slot, as {@link org.junitnomos.scenario.ScenarioClock#await} does; a node that does not answer just then is asked
 * again. Immutable. Needs no AssertJ.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class RunAwait {
    private static final int SLOTS = 30;
    private static final int LONGEST_VALUE = 1_000;

    private final RunContext run;
    private final Duration timeout;
    private final String description;

    private RunAwait(RunContext run, Duration timeout, String description) {
        this.run = run;
        this.timeout = timeout;
        this.description = description;
    }

    /** Asserts something, by AssertJ or otherwise. */
    @FunctionalInterface
    public interface Assertion {
        /**
         * Asserts it.
         *
         * @throws Exception if something else went wrong; ends the wait
         */
        void run() throws Exception;
    }

    /**
     * Begins to wait, 30 slots at most unless told otherwise.
     *
     * @param run whose clock counts
     * @return what to wait with
     */
    public static RunAwait await(RunContext run) {
        Objects.requireNonNull(run, "run");
        var slot = run.scenario().topology().consensus().slotDuration();
        return new RunAwait(run, slot.multipliedBy(SLOTS), "");
    }

    /**
     * Limits the wait.
     *
     * @param longest longest wait on the clock of the run, positive
     * @return another wait
     */
    public RunAwait atMost(Duration longest) {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException(
                    "the longest wait must be positive, but was " + DurationText.format(longest));
        }
        return new RunAwait(run, longest, description);
    }

    /**
     * Limits the wait in slots.
     *
     * @param slots longest wait, 1 or more
     * @return another wait
     */
    public RunAwait atMostSlots(long slots) {
        return atMost(run.scenario().topology().consensus().slotDuration().multipliedBy(slots));
    }

    /**
     * Says what is awaited.
     *
     * @param text stands in the failure, after "until": {@code "the dashboard shows a block"}
     * @return another wait
     */
    public RunAwait as(String text) {
        return new RunAwait(run, timeout, Objects.requireNonNull(text, "text"));
    }

    /**
     * Waits until a condition holds.
     *
     * @param condition asked again and again
     * @throws InterruptedException if the run window ended
     * @throws AssertionError if it does not hold in time
     */
    public void until(Callable<Boolean> condition) throws InterruptedException {
        until(condition, Boolean.TRUE::equals);
    }

    /**
     * Waits until a value is as wanted.
     *
     * @param value asked for again and again
     * @param wanted whether it is
     * @param <T> type of the value
     * @return the first value that is
     * @throws InterruptedException if the run window ended
     * @throws AssertionError if none is in time; tells the last one
     */
    public <T> T until(Callable<T> value, Predicate<? super T> wanted) throws InterruptedException {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(wanted, "wanted");
        return waitFor("a condition holds", new Probe<T>() {
            @Override
            boolean attempt() throws Exception {
                found = value.call();
                seen = "the last value was " + shown(found);
                return wanted.test(found);
            }
        });
    }

    /**
     * Waits until assertions hold.
     *
     * @param assertion tried again and again
     * @throws InterruptedException if the run window ended
     * @throws AssertionError if they do not hold in time; has the last failure as its cause, and tells it
     */
    public void untilAsserted(Assertion assertion) throws InterruptedException {
        Objects.requireNonNull(assertion, "assertion");
        waitFor("assertions hold", new Probe<Boolean>() {
            @Override
            boolean attempt() throws Exception {
                found = true;
                assertion.run();
                return true;
            }
        });
    }

    /** What is tried again and again, and what came of it the last time. */
    private abstract static class Probe<T> {
        @Nullable
        T found;

        String seen = "";

        @Nullable
        Throwable failure;

        @Nullable
        Exception broken;

        abstract boolean attempt() throws Exception;

        /** Says whether the wait is over: it is so, or cannot be asked. */
        boolean tryOnce() {
            failure = null;
            try {
                return attempt();
            } catch (AssertionError | NodeApiException e) {
                failure = e;
                seen = "the last attempt failed: " + firstParts(e);
                return false;
            } catch (Exception e) {
                broken = e;
                return true;
            }
        }
    }

    @SuppressWarnings("NullAway") // a value that was accepted is what its type says, null included
    private <T> T waitFor(String otherwise, Probe<T> probe) throws InterruptedException {
        String what = description.isEmpty() ? otherwise : description;
        try {
            run.clock().await(what, timeout, probe::tryOnce);
        } catch (AssertionFailedError e) {
            String clock = (run.clock().isVirtual() ? "virtual" : "real") + " time of the run";
            var failure = new AssertionFailedError(
                    run.explain("await", e.getMessage() + ", in " + clock + "; " + probe.seen), probe.failure);
            failure.setStackTrace(e.getStackTrace());
            throw failure;
        }
        if (probe.broken instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (probe.broken != null) {
            Unchecked.raise(probe.broken);
            throw new IllegalStateException("waiting until " + what + " failed: " + probe.broken, probe.broken);
        }
        return probe.found;
    }

    /** The text of a failure without the context of the run, which follows anyway. */
    private static String firstParts(Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        int context = text.indexOf("\n  ran: ");
        return VisibleText.of(context < 0 ? text : text.substring(0, context));
    }

    private static String shown(@Nullable Object value) {
        String text = value instanceof String string ? "\"" + string + "\"" : String.valueOf(value);
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
    }
}
