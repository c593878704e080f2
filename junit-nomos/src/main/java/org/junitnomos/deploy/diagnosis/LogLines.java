package org.junitnomos.deploy.diagnosis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apiguardian.api.API;

/** Opens logs of nodes to be read line by line. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class LogLines {
    private LogLines() {}

    /**
     * Opens a log. What is no UTF-8 is read as replacement characters: the decoder of
     * {@link Files#newBufferedReader(Path)} would give up on a line that a crash cut in two.
     *
     * @param log the file
     * @return to be closed
     * @throws IOException if it cannot be opened
     */
    public static BufferedReader open(Path log) throws IOException {
        return new BufferedReader(new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8));
    }
}
