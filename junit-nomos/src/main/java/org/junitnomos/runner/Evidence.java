package org.junitnomos.runner;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Keeps or drops what nodes left in the directory of a run, by the settings. */
final class Evidence {

    private Evidence() {}

    /** Copy logs where the user wants them, and drop the state of nodes unless the policy keeps it. */
    static void tidy(Path directory, RunSettings settings, boolean passed) {
        try {
            var logs = settings.logDirectory();
            if (logs != null) {
                RunDirectory.copyLogs(directory, logs);
            }
            boolean keeps = settings.keep() == KeepPolicy.ALWAYS || (settings.keep() == KeepPolicy.FAILED && !passed);
            if (!keeps) {
                RunDirectory.dropNodeState(directory);
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(Evidence.class).warn("cannot tidy {}; remove what is left by hand", directory, e);
        }
    }
}
