package org.junitnomos.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junitnomos.time.Cancellation;
import org.junitnomos.time.Task;
import org.junitnomos.time.Timeline;
import org.slf4j.LoggerFactory;

/** Decides when nodes are read: all in one event in virtual time, each on a thread of its own in real time. */
final class FeedSchedule {

    private static final Duration JOIN_LIMIT = Duration.ofSeconds(6);

    private final Timeline timeline;
    private final Duration period;
    private final List<NodePoller> pollers;
    private final List<Cancellation> events = new ArrayList<>();
    private final Map<NodePoller, Task> tasks = new LinkedHashMap<>();
    private volatile boolean closed;

    FeedSchedule(Timeline timeline, Duration period, List<NodePoller> pollers) {
        this.timeline = timeline;
        this.period = period;
        this.pollers = new CopyOnWriteArrayList<>(pollers);
    }

    List<NodePoller> pollers() {
        return pollers;
    }

    void start() {
        if (timeline.isVirtual()) {
            events.add(timeline.schedule(Duration.ZERO, "block feed", this::pollAll));
            events.add(timeline.repeat(period, "block feed", this::pollAll));
        } else {
            pollers.forEach(this::begin);
        }
    }

    private void begin(NodePoller poller) {
        synchronized (tasks) {
            if (!closed) {
                tasks.put(poller, timeline.spawn("feed-" + poller.node(), () -> pollAgainAndAgain(poller)));
            }
        }
    }

    /** Reads one more node from now on. */
    void add(NodePoller poller) {
        pollers.add(poller);
        if (!timeline.isVirtual()) {
            begin(poller);
        }
    }

    /** Reads a node no more. */
    void remove(NodePoller poller) {
        pollers.remove(poller);
        poller.retire();
        synchronized (tasks) {
            Task task = tasks.remove(poller);
            if (task != null) {
                task.cancel();
            }
        }
    }

    private void pollAll() {
        for (NodePoller poller : pollers) {
            if (!closed) {
                poller.poll();
            }
        }
    }

    private void pollAgainAndAgain(NodePoller poller) throws InterruptedException {
        try (StreamWakeUp wakeUp = poller.wakeUp()) {
            while (!closed && !poller.isRetired()) {
                boolean answered = false;
                try {
                    answered = poller.poll();
                } catch (RuntimeException e) {
                    LoggerFactory.getLogger(ClusterFeed.class)
                            .warn("The block feed failed to read node '{}' and goes on", poller.node(), e);
                }
                wakeUp.await(period, answered);
            }
        }
    }

    /** Stops; a thread that hangs in an exchange ends with it. */
    void close() {
        closed = true;
        events.forEach(Cancellation::cancel);
        List<Task> open;
        synchronized (tasks) {
            open = new ArrayList<>(tasks.values());
        }
        open.forEach(Task::cancel);
        try {
            for (Task task : open) {
                task.join(JOIN_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
