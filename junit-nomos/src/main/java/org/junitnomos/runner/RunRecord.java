package org.junitnomos.runner;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junitnomos.journal.FileJournal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.RunPhase;

/**
 * What a run leaves behind, from its first moment on: so a failed deploy has its evidence, too.
 *
 * @param run number of the run on its cluster, from 1
 * @param journal the open journal in it
 * @param log records the phases
 * @param unfinished tells that the run has not ended, as long as that is so
 */
record RunRecord(int run, Path directory, FileJournal journal, PhaseLog log, Unfinished unfinished) {
    private static final int FORMAT = 1;

    private static Path directory(RunInfo info) {
        var root = info.settings().directory();
        var name = info.scenario().name();
        var origin = info.origin();
        return origin == null
                ? RunDirectory.create(root, name)
                : RunDirectory.create(
                        root,
                        name,
                        origin.test().root() + "-" + name,
                        origin.test().owner() + " " + name);
    }

    /** Takes the cluster, creates directory and journal, and records the plan. */
    static RunRecord open(RunInfo info, LiveCluster cluster, Reporters reporters) {
        int run = cluster.beginRun();
        try {
            var scenario = info.scenario();
            Path directory = directory(info);
            var unfinished = Unfinished.begin(directory, info);
            var journal = FileJournal.create(directory.resolve(RunResult.JOURNAL));
            cluster.recordIn(journal);
            reporters.tell(listener -> listener.opened(journal));
            var timeline = cluster.timeline();
            journal.append(new JournalEvent.RunStarted(
                    timeline.nanos(),
                    FORMAT,
                    scenario.name(),
                    info.seed(),
                    scenario.backend(),
                    info.time().label(),
                    cluster.systemUnderTest(),
                    scenario.print()));
            for (var out : scenario.selection().leftOut()) {
                journal.append(new JournalEvent.ExpectationLeftOut(timeline.nanos(), out.expectation(), out.reason()));
            }
            var log = new PhaseLog(journal, reporters, timeline::nanos);
            log.begin(RunPhase.BUILD);
            log.end(RunPhase.BUILD, null);
            return new RunRecord(run, directory, journal, log, unfinished);
        } catch (UncheckedIOException e) {
            cluster.endRun(false);
            throw e;
        }
    }
}
