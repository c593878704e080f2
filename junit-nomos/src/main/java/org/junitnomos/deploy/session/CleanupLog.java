package org.junitnomos.deploy.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.function.Consumer;
import org.junitnomos.time.WallTime;

/**
 * Writes down what is removed of one dead session, in its directory; when that goes, the lines go to the log of all
 * sessions, which starts anew when it is large.
 */
final class CleanupLog implements Consumer<String> {
    static final String NAME = "cleanup.log";

    private static final long LARGE = 1_000_000;

    private final Path file;

    CleanupLog(Path session) {
        this.file = session.resolve(NAME);
    }

    @Override
    public void accept(String text) {
        try {
            SmallFiles.append(
                    file, WallTime.text() + " pid " + ProcessHandle.current().pid() + ": " + text + "\n");
        } catch (IOException e) {
            return; // cleaning up goes on, even if nobody will read of it
        }
    }

    /** When the last line was written, by the clock of the file system. */
    Instant lastWritten() throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    /** Adds the lines to the log of all sessions, before the directory is deleted. */
    void moveTo(Path all) {
        try {
            if (Files.exists(file)) {
                if (Files.exists(all) && Files.size(all) > LARGE) {
                    Files.move(all, all.resolveSibling(NAME + ".1"), StandardCopyOption.REPLACE_EXISTING);
                }
                SmallFiles.append(all, SmallFiles.read(file));
            }
        } catch (IOException e) {
            return;
        }
    }
}
