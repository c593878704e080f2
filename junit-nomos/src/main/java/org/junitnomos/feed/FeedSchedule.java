package org.junitnomos.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junitnomos.internal.Cancellation;
import org.junitnomos.internal.Task;
import org.junitnomos.internal.Timeline;
import org.slf4j.LoggerFactory;

/** Decides when nodes are read: all in one event in virtual time, each on a thread of its own in real time. */
final class FeedSchedule {

    private static final Duration JOIN_LIMIT = Duration.ofSeconds(6);

    private final Timeline timeline;
    private final Duration period;
    private final List<NodePoller> pollers;
    private final List<Cancellation> events = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();
    private volatile boolean closed;

    FeedSchedule(Timeline timeline, Duration period, List<NodePoller> pollers) {
        this.timeline = timeline;
        this.period = period;
        this.pollers = pollers;
    }

    void start() {
        if (timeline.isVirtual()) {
            events.add(timeline.schedule(Duration.ZERO, "block feed", this::pollAll));
            events.add(timeline.repeat(period, "block feed", this::pollAll));
        } else {
            for (NodePoller poller : pollers) {
                tasks.add(timeline.spawn("feed-" + poller.node(), () -> pollAgainAndAgain(poller)));
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
            while (!closed) {
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

    /** Stop; a thread that hangs in an exchange ends with it. */
    void close() {
        closed = true;
        events.forEach(Cancellation::cancel);
        tasks.forEach(Task::cancel);
        try {
            for (Task task : tasks) {
                task.join(JOIN_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
