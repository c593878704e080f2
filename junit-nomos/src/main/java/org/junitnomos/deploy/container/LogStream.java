package org.junitnomos.deploy.container;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junitnomos.deploy.external.TroubleFinder;

/** Writes what a container says in one life to the end of its log, as it comes. */
final class LogStream extends ResultCallback.Adapter<Frame> {
    private final OutputStream log;
    private final TroubleFinder troubles;
    private boolean over;

    /**
     * Begins at the end of a log that an earlier life may have written.
     *
     * @param troubles sees what is written
     */
    LogStream(Path log, TroubleFinder troubles) throws IOException {
        this.troubles = troubles;
        this.log = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void onNext(Frame frame) {
        write(frame.getPayload());
        troubles.take(frame.getPayload(), frame.getPayload().length);
    }

    @Override
    public void onError(Throwable failure) {
        write(("[the log of the container cannot be read any further: " + failure + "]\n")
                .getBytes(StandardCharsets.UTF_8));
        super.onComplete(); // the library would log it with its stack
    }

    private synchronized void write(byte[] bytes) {
        if (over) {
            return;
        }
        try {
            log.write(bytes);
        } catch (IOException e) {
            over = true; // the disk is full, and there is nowhere else to tell it
        }
    }

    /** Waits a while for the last words of a container that has ended, and closes the file. */
    void finish(long millis) throws InterruptedException {
        try {
            awaitCompletion(millis, TimeUnit.MILLISECONDS);
        } finally {
            stop();
        }
    }

    /** Closes the file; what comes later is lost. */
    synchronized void stop() {
        over = true;
        try {
            close();
            log.close();
        } catch (IOException e) {
            over = true; // every line was written on its own
        }
    }
}
