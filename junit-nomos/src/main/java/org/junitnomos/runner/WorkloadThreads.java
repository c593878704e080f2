package org.junitnomos.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.Task;
import org.junitnomos.time.Threads;
import org.junitnomos.time.Timeline;

/** Runs workloads, and threads that tests spawn, each on a managed thread of its own; a failure of one cuts the run. */
final class WorkloadThreads {
    private static final Duration LONGEST_GRACE = Duration.ofSeconds(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Timeline timeline;
    private final Journal journal;
    private final DriveState drive;
    private final Duration grace;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private volatile boolean stopping;

    WorkloadThreads(Timeline timeline, Journal journal, DriveState drive, Duration slot) {
        this.timeline = timeline;
        this.journal = journal;
        this.drive = drive;
        Duration twoSlots = slot.multipliedBy(2);
        this.grace = twoSlots.compareTo(LONGEST_GRACE) < 0 ? twoSlots : LONGEST_GRACE;
    }

    /** What a member does under the name it was given. */
    interface Work {
        void run(String name) throws Exception;
    }

    /** How one member ended. */
    record Ended(String name, @Nullable Throwable failure) {}

    private final class Member {
        private final String name;
        private final Work work;
        private @Nullable Task task;
        private volatile @Nullable Throwable failure;
        private volatile @Nullable Thread thread;

        Member(String name, Work work) {
            this.name = name;
            this.work = work;
        }

        void run() {
            thread = Thread.currentThread();
            drive.enterLoad();
            try {
                work.run(name);
                ended(null);
            } catch (Throwable t) {
                boolean asked = stopping || !drive.isOpen();
                ended(asked && Rethrow.isEnd(t) ? null : t);
            } finally {
                drive.leaveLoad();
                thread = null;
            }
        }

        private void ended(@Nullable Throwable problem) {
            failure = problem;
            String text = problem == null ? null : FailureText.of(problem);
            journal.append(new JournalEvent.WorkloadEnded(timeline.nanos(), name, text));
            if (problem != null) {
                drive.cut("workload '" + name + "' failed: " + FailureText.firstLine(problem));
            }
        }
    }

    /** Starts a member; a name that is taken gets a number. */
    void start(String name, Work work) {
        Member member;
        synchronized (members) {
            String unique = name;
            for (int number = 2; members.containsKey(unique); number++) {
                unique = name + " (" + number + ")";
            }
            member = new Member(unique, work);
            members.put(unique, member);
        }
        member.task = timeline.spawn(member.name, member::run);
    }

    /**
     * Waits for all to end, first as they like, then interrupted; whoever goes on after that has failed. Called on a
     * managed thread.
     */
    void stop() throws InterruptedException {
        long limit = timeline.nanos() + grace.toNanos();
        for (var member : all()) {
            join(member, Duration.ofNanos(Math.max(0, limit - timeline.nanos())));
        }
        stopping = true;
        cancel();
        long hardLimit = timeline.nanos() + STOP_LIMIT.toNanos();
        for (var member : all()) {
            if (!join(member, Duration.ofNanos(Math.max(0, hardLimit - timeline.nanos())))) {
                member.failure = new IllegalStateException("did not end within " + DurationText.format(STOP_LIMIT)
                        + " after it was interrupted at the end of the run window");
            }
        }
    }

    /** Interrupts all; any thread. */
    void cancel() {
        stopping = true;
        for (var member : all()) {
            Task task = member.task;
            if (task != null) {
                task.cancel();
            }
        }
    }

    private boolean join(Member member, Duration limit) throws InterruptedException {
        Task task = member.task;
        return task == null || task.isDone() || task.join(limit);
    }

    List<Ended> results() {
        var ended = new ArrayList<Ended>();
        for (var member : all()) {
            ended.add(new Ended(member.name, member.failure));
        }
        return ended;
    }

    /** Says which members have not ended, and where they are. */
    List<String> underWay() {
        var texts = new ArrayList<String>();
        for (var member : all()) {
            Thread thread = member.thread;
            if (thread != null) {
                texts.add("workload '" + member.name + "' " + Threads.whereabouts(thread));
            }
        }
        return texts;
    }

    private List<Member> all() {
        synchronized (members) {
            return List.copyOf(members.values());
        }
    }
}
