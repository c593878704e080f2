package org.junitnomos.deploy.diagnosis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a node that did not start or ended by itself.
 *
 * @param exitCode code with which its process ended, 128 + n for signal n; null if it did not end or never began
 * @param startFailure why its process could not be started; empty if it was
 * @param output the end of what it wrote, oldest line first: log, standard output and standard error
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Symptoms(@Nullable Integer exitCode, String startFailure, List<String> output) {
    private static final int MOST_CAUSES = 5;
    private static final long LOG_BYTES = 16 * 1024;

    public Symptoms {
        Objects.requireNonNull(startFailure, "startFailure");
        output = List.copyOf(output);
    }

    /**
     * Tells of a process that ended.
     *
     * @param exitCode its exit code, 128 + n for signal n
     * @param output the end of what it wrote, oldest line first
     */
    public static Symptoms ended(int exitCode, List<String> output) {
        return new Symptoms(exitCode, "", output);
    }

    /**
     * Tells of a process that ended and kept a log.
     *
     * @param exitCode its exit code, 128 + n for signal n
     * @param log its log file; as good as empty if it cannot be read
     * @return the symptoms with the last 16 KiB of the log
     */
    public static Symptoms ended(int exitCode, Path log) {
        try (var file = FileChannel.open(log)) {
            var bytes = ByteBuffer.allocate((int) Math.min(LOG_BYTES, file.size()));
            file.position(file.size() - bytes.capacity());
            while (bytes.hasRemaining() && file.read(bytes) >= 0) {
                continue; // until the end of the file, which may have been cut since
            }
            var text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            return ended(exitCode, Colors.strip(text).lines().toList());
        } catch (IOException e) {
            return ended(exitCode, List.of());
        }
    }

    /**
     * Tells of a process that could not be started.
     *
     * @param failure what {@link ProcessBuilder#start()} threw
     */
    public static Symptoms notStarted(IOException failure) {
        return new Symptoms(null, textOf(failure), List.of());
    }

    /**
     * Tells of a node of which only texts are known.
     *
     * @param exitCode its exit code; empty if it is not known
     * @param output texts about it and the end of what it wrote, oldest line first
     */
    public static Symptoms seen(OptionalInt exitCode, List<String> output) {
        return new Symptoms(exitCode.isPresent() ? exitCode.getAsInt() : null, "", output);
    }

    /** The messages of a failure and its causes, on one line. */
    private static String textOf(Throwable failure) {
        var texts = new ArrayList<String>();
        for (Throwable each = failure; each != null && texts.size() < MOST_CAUSES; each = each.getCause()) {
            String text = each.toString();
            if (texts.stream().noneMatch(known -> known.contains(text))) {
                texts.add(text);
            }
        }
        return String.join("; ", texts);
    }
}
