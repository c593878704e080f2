package org.junitnomos.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent.MetricsSampled;
import org.junitnomos.time.Cancellation;
import org.junitnomos.time.Task;
import org.junitnomos.time.Timeline;
import org.junitnomos.time.VisibleText;

/**
 * Asks every node of a run for its metrics again and again, and writes what changed to the journal. What is kept is the
 * last value of each metric, of at most {@value MetricText#MOST_METRICS} a node, and how often it asks is bounded by
 * the run window, so that a long run costs no more than a short one.
 *
 * <p>In virtual time all nodes are asked within one event; in real time by one thread, one after the other.
 * Thread-safe.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class MetricsCollector {
    private static final int SLOTS = 5;
    private static final int MOST_SAMPLES = 500;
    private static final int NOT_FOUND = 404;
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(2);
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(3);

    private final Timeline timeline;
    private final Cluster cluster;
    private final Journal journal;
    private final Duration period;
    private final PushedMetrics pushed;
    private final ReentrantLock lock = new ReentrantLock();
    private final RunGauges gauges = new RunGauges();
    private final Map<String, Known> nodes = new LinkedHashMap<>();
    private volatile @Nullable Cancellation event;
    private volatile @Nullable Task task;
    private volatile boolean stopped;

    /**
     * Collects nothing yet.
     *
     * @param timeline the timeline on which it asks and waits
     * @param cluster whose nodes are asked; those that join later, too
     * @param journal takes what they tell
     * @param period time from one question to the next, see {@link #period}
     * @param pushed what nodes tell without being asked
     */
    public MetricsCollector(
            Timeline timeline, Cluster cluster, Journal journal, Duration period, PushedMetrics pushed) {
        this.timeline = timeline;
        this.cluster = cluster;
        this.journal = journal;
        this.period = period;
        this.pushed = pushed;
    }

    /** Returns the usual period: 5 slots, longer if the run window has more than 500 of these. */
    public static Duration period(Duration slot, Duration runWindow) {
        var usual = slot.multipliedBy(SLOTS);
        var longer = runWindow.dividedBy(MOST_SAMPLES);
        return usual.compareTo(longer) < 0 ? longer : usual;
    }

    /** What a node told last, so that only what changed is written. */
    private static final class Known {
        final NavigableMap<String, String> told = new TreeMap<>();
        final NavigableMap<String, String> seen = new TreeMap<>();

        /** Whether it told that when it was asked last. */
        boolean fresh;

        /** Why it is not asked again; null if it is. */
        @Nullable
        String silence;
    }

    /** What a node tells, and what is seen of it from outside, now; {@code problem}: why it told nothing. */
    private record Answer(
            String node,
            Known known,
            SortedMap<String, String> told,
            SortedMap<String, String> seen,
            @Nullable String problem) {}

    /** Asks all nodes every period from now on; the first time after one period. */
    public void start() {
        if (timeline.isVirtual()) {
            event = timeline.repeat(period, "metrics", this::askOnTime);
        } else {
            task = timeline.spawn("metrics", () -> {
                while (!stopped) {
                    timeline.sleep(period);
                    askOnTime();
                }
            });
        }
    }

    private void askOnTime() {
        lock.lock();
        try {
            var answers = ask();
            if (!stopped) { // an exchange that was interrupted says nothing of a node
                write(answers);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Asks all nodes now; at most 2 s an exchange in real time. */
    public void sample() {
        lock.lock();
        try {
            write(ask());
        } finally {
            lock.unlock();
        }
    }

    /** Asks no more by itself. Idempotent. */
    public void stop() throws InterruptedException {
        stopped = true;
        var repeated = event;
        if (repeated != null) {
            repeated.cancel();
        }
        var asking = task;
        if (asking != null) {
            asking.cancel();
            asking.join(JOIN_LIMIT);
        }
    }

    /** {@return all of the last answers as Prometheus text, with what the journal tells of the run} */
    public String page() {
        lock.lock();
        try {
            var page = new StringBuilder();
            gauges.after(journal.events())
                    .forEach((name, value) ->
                            MetricsPage.append(page, new Metric(name, new TreeMap<>()), Long.toString(value)));
            nodes.forEach((node, known) -> {
                if (known.fresh) {
                    MetricsPage.append(page, node, known.told);
                }
                MetricsPage.append(page, node, known.seen);
                MetricsPage.appendLatency(page, node, known.seen);
            });
            return page.toString();
        } finally {
            lock.unlock();
        }
    }

    private List<Answer> ask() {
        var answers = new ArrayList<Answer>();
        for (var node : cluster.nodes()) {
            var known = nodes.computeIfAbsent(node.name(), name -> new Known());
            answers.add(ask(node, known));
        }
        if (!timeline.isVirtual()) { // what the test JVM takes is another thing each time
            var known = nodes.computeIfAbsent(RunMetrics.TEST_JVM, name -> new Known());
            answers.add(new Answer(RunMetrics.TEST_JVM, known, new TreeMap<>(), JvmUsage.now(), null));
        }
        return answers;
    }

    private Answer ask(NodeHandle node, Known known) {
        SortedMap<String, String> told = new TreeMap<>();
        var push = pushed.of(node.name());
        String problem = known.silence;
        if (!node.isRunning()) {
            known.silence = null; // its next life may be one of another program
            pushed.forget(node.name());
            problem = "it does not run";
        } else if (node.isPaused()) {
            problem = "it is paused";
        } else if (push.isPresent()) {
            told = push.get().values();
            problem = push.get().problem();
        } else if (problem == null) {
            try {
                told = MetricText.parse(
                        node.client().withTimeout(REQUEST_LIMIT).devControl().metrics());
            } catch (NodeApiException e) {
                problem = e.reason();
                known.silence = e.status() == NOT_FOUND ? problem : null;
            } catch (IllegalArgumentException e) {
                problem = VisibleText.of("its metrics cannot be read: " + e.getMessage());
            }
        }
        var seen = SeenMetrics.of(node);
        if (problem == null) {
            SeenMetrics.addOwn(told, seen);
        }
        return new Answer(node.name(), known, told, seen, problem);
    }

    private void write(List<Answer> answers) {
        long now = timeline.nanos();
        for (var answer : answers) {
            var known = answer.known();
            var changes = new LinkedHashMap<String, String>();
            known.fresh = answer.problem() == null;
            if (known.fresh) {
                change(known.told, answer.told(), changes);
            }
            change(known.seen, answer.seen(), changes);
            journal.append(new MetricsSampled(now, answer.node(), changes, answer.problem()));
        }
    }

    /** Takes over what is new, and tells what that is; by the same strings again and again, which the journal keeps. */
    private static void change(
            NavigableMap<String, String> before, SortedMap<String, String> now, Map<String, String> changes) {
        now.forEach((metric, value) -> {
            if (!value.equals(before.put(metric, value))) {
                changes.put(before.ceilingKey(metric), value);
            }
        });
        before.keySet().removeIf(metric -> {
            boolean gone = !now.containsKey(metric);
            if (gone) {
                changes.put(metric, "");
            }
            return gone;
        });
    }
}
