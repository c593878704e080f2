package org.junitnomos.deploy.real;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/** An image with real nodes, as its backend sees it. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface RealImage {
    /** Names it: its reference, and its digest if that is known. */
    String described();

    /**
     * Opens a file of the image, or looks whether a directory is there. Links are followed.
     *
     * @param path in the image
     * @return empty if there is no such file
     */
    Optional<Opened> open(Path path) throws IOException;

    /**
     * A file that was found.
     *
     * @param isDirectory whether it is a directory, without content then
     * @param isExecutable whether anybody may execute it
     * @param content its bytes, to be closed
     */
    record Opened(boolean isDirectory, boolean isExecutable, InputStream content) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            content.close();
        }
    }

    /**
     * Copies a directory out of the image.
     *
     * @param path in the image
     * @param target a directory of this machine that exists
     * @throws IOException if it cannot be copied
     */
    void copy(Path path, Path target) throws IOException;

    /**
     * Runs a program of the image that ends by itself, on a configuration. Blocks.
     *
     * @param command program and arguments; the path of the configuration comes next
     * @param configuration what it says
     * @return exit code, and what it wrote
     * @throws IOException if it cannot be run, or does not end in time
     */
    Ended run(List<String> command, Map<String, String> environment, String configuration)
            throws IOException, InterruptedException;

    /**
     * What came of a program.
     *
     * @param exitCode its exit code, 128 + n for signal n
     * @param output what it wrote
     */
    record Ended(int exitCode, String output) {}
}
