package org.junitnomos.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Keeps a file in the directory of a run for as long as the run has not ended. Nobody in a JVM that is killed or halted
 * can write anything any more; so it is written before, and deleted in the end.
 */
final class Unfinished {
    static final String NAME = "unfinished.txt";

    private final Path file;

    private Unfinished(Path file) {
        this.file = file;
    }

    static Unfinished begin(Path directory, RunInfo info) {
        var unfinished = new Unfinished(directory.resolve(NAME));
        try {
            unfinished.write("This run has not ended. Either its JVM (pid "
                    + ProcessHandle.current().pid()
                    + ") still runs it, or that JVM was killed, halted (forkedProcessTimeoutInSeconds of Surefire does"
                    + " that) or crashed, before it could write a report.\n"
                    + RunResult.JOURNAL + " has everything up to that instant, nodes/ the logs of the nodes.\n"
                    + "seed " + info.seed() + "\nreplay " + info.replayCommand() + "\n\n"
                    + info.scenario().print() + "\n");
            return unfinished;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + unfinished.file + ": " + e, e);
        }
    }

    /** Writes why the run was cut off, instead. */
    void because(String reason) {
        try {
            write("This run was cut off: " + reason + "\n");
        } catch (IOException e) {
            LoggerFactory.getLogger(Unfinished.class).warn("cannot write {}", file, e);
        }
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    /** The run ended in order. */
    void end() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LoggerFactory.getLogger(Unfinished.class).warn("cannot delete {}", file, e);
        }
    }
}
