package org.junitnomos.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.journal.FileJournal;
import org.junitnomos.settings.KeepPolicy;
import org.junitnomos.settings.RunSettings;
import org.slf4j.LoggerFactory;

/** Keeps or drops what nodes left in the directory of a run, by the settings. */
final class Evidence {

    private static final int PROBE_BYTES = 1 << 16;

    private Evidence() {}

    /** Says what of a run could not be written first, with its cause and what to do; null if its evidence is whole. */
    static @Nullable DeploymentException missing(Path directory, FileJournal journal, Reporters reporters) {
        UncheckedIOException unwritten = reporters.unwritten();
        String what = journal.problem().orElse(null);
        if (what == null) {
            what = unwritten == null ? noRoom(directory) : unwritten.getMessage();
        }
        return what == null ? null : new DeploymentException(what + ". " + advice(what, directory), unwritten);
    }

    /** Says that something could not be written, and what to do. */
    static DeploymentException unwritten(UncheckedIOException failure, Path directory) {
        String what = String.valueOf(failure.getMessage());
        return new DeploymentException(what + ". " + advice(what, directory), failure);
    }

    /** What others wrote may be cut off without a word: then the disk is still full. */
    private static @Nullable String noRoom(Path directory) {
        Path probe = directory.resolve("room.probe");
        try {
            Files.write(probe, new byte[PROBE_BYTES]);
            return null;
        } catch (IOException e) {
            return "logs of nodes may end early: " + PROBE_BYTES + " bytes more could not be written to " + directory
                    + ": " + e.getMessage();
        } finally {
            try {
                Files.deleteIfExists(probe);
            } catch (IOException e) {
                LoggerFactory.getLogger(Evidence.class).debug("cannot delete {}", probe, e);
            }
        }
    }

    private static String advice(String problem, Path directory) {
        if (problem.contains("File too large")) {
            return "The limit on the size of files is reached (ulimit -f): raise it";
        }
        if (problem.contains("quota")) {
            return "The quota is used up: make room, or set nomos.directory to another disk";
        }
        if (problem.contains("No space left")) {
            return "The disk of " + directory.toAbsolutePath()
                    + " is full: make room, or set nomos.directory to another disk";
        }
        return "See to it that files can be written there, or set nomos.directory to another place";
    }

    /**
     * Copies logs where the user wants them.
     *
     * @throws UncheckedIOException if they cannot be copied
     */
    static void copyLogs(Path directory, RunSettings settings) {
        var target = settings.logDirectory();
        try {
            if (target != null) {
                RunDirectory.copyLogs(directory, target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("logs of nodes could not be copied to " + target + ": " + e, e);
        }
    }

    /** Drops the state of nodes unless the policy keeps it. */
    static void tidy(Path directory, RunSettings settings, boolean passed) {
        try {
            boolean keeps = settings.keep() == KeepPolicy.ALWAYS || (settings.keep() == KeepPolicy.FAILED && !passed);
            if (!keeps) {
                RunDirectory.dropNodeState(directory);
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(Evidence.class).warn("cannot tidy {}; remove what is left by hand", directory, e);
        }
    }
}
