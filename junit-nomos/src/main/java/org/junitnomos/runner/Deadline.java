package org.junitnomos.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junitnomos.time.Allowance;
import org.junitnomos.time.Stopwatch;
import org.junitnomos.time.Threads;
import org.slf4j.LoggerFactory;

/**
 * Limits in real time, watched by a thread of its own so that nothing a run does can stop it. There are none while a
 * debugger is attached.
 */
final class Deadline implements AutoCloseable {
    static final String DUMP = "threads.txt";

    /** No look comes too early. */
    private static final Duration TICK = Duration.ofMillis(1);

    private final ScheduledThreadPoolExecutor watchdog;
    private final boolean debugged;
    private final List<ScheduledFuture<?>> armed = new ArrayList<>();
    private int disarmed;

    Deadline() {
        watchdog = new ScheduledThreadPoolExecutor(1, Threads.factory("deadline"));
        watchdog.setRemoveOnCancelPolicy(true);
        debugged = ProcessHandle.current()
                .info()
                .arguments()
                .map(arguments -> List.of(arguments).stream().anyMatch(each -> each.startsWith("-agentlib:jdwp")))
                .orElse(false);
    }

    /** Runs an action when a limit is over, unless disarmed before. */
    synchronized void arm(Duration limit, Runnable expired) {
        if (!debugged && !watchdog.isShutdown()) {
            armed.add(watchdog.schedule(expired, limit.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    /** Runs an action when an allowance is over, unless disarmed before. */
    synchronized void arm(Allowance allowance, Runnable expired) {
        arm(allowance, new Stopwatch(), disarmed, expired);
    }

    /** Arms unless it was disarmed meanwhile: to see whether the machine is busy takes a moment. */
    private synchronized void arm(Allowance allowance, Stopwatch since, int turn, Runnable expired) {
        if (turn == disarmed) {
            long left = Math.max(0, allowance.nanos() - since.nanos());
            arm(Duration.ofNanos(left).plus(TICK), () -> look(allowance, since, turn, expired));
        }
    }

    private void look(Allowance allowance, Stopwatch since, int turn, Runnable expired) {
        try {
            if (!allowance.isOver(since.nanos())) {
                arm(allowance, since, turn, expired);
            } else if (isArmed(turn)) {
                expired.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is being closed
        }
    }

    private synchronized boolean isArmed(int turn) {
        return turn == disarmed;
    }

    /** Does something again and again, unless disarmed. */
    synchronized void repeat(Duration period, Runnable look) {
        if (!debugged && !watchdog.isShutdown()) {
            long millis = Math.max(1, period.toMillis());
            armed.add(watchdog.scheduleWithFixedDelay(() -> guarded(look), millis, millis, TimeUnit.MILLISECONDS));
        }
    }

    /** One look that fails is not the last. */
    private static void guarded(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(Deadline.class).warn("a deadline could not be kept", e);
        }
    }

    synchronized void disarm() {
        disarmed++;
        armed.forEach(each -> each.cancel(false));
        armed.clear();
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
    }

    /** Writes what every thread of this JVM does just now, after what was written before. */
    static void dumpThreads(Path file, String why) throws IOException {
        var text = new StringBuilder(why).append('\n');
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            var thread = entry.getKey();
            text.append('\n')
                    .append('"')
                    .append(thread.getName())
                    .append("\" ")
                    .append(thread.getState())
                    .append('\n');
            for (var frame : entry.getValue()) {
                text.append("    at ").append(frame).append('\n');
            }
        }
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
