package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.external.TroubleFinder;
import org.junitnomos.time.Threads;
import org.slf4j.LoggerFactory;

/**
 * Copies what a pod writes to a file, from the first byte to the last, in a thread of its own. Lines carry their time
 * while they travel, so a stream that broke goes on with the line after the last one.
 */
final class PodLog {
    private static final int MOST_BREAKS = 120;
    private static final long PAUSE_MILLIS = 500;

    private final PodResource pod;
    private final Path file;
    private final TroubleFinder troubles;
    private final CountDownLatch done = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable LogWatch stream;
    private @Nullable Instant last;
    private @Nullable Instant resumed;

    private PodLog(PodResource pod, Path file, TroubleFinder troubles) {
        this.pod = pod;
        this.file = file;
        this.troubles = troubles;
    }

    /**
     * Begins to copy; the container has to be started.
     *
     * @param troubles reads it as well
     */
    static PodLog follow(PodResource pod, String name, Path file, TroubleFinder troubles) {
        var log = new PodLog(pod, file, troubles);
        Threads.daemon("log-" + name, log::copy).start();
        return log;
    }

    /** Says that the pod has ended, so that a stream that breaks now is at its end. */
    void podEnded() {
        ended.countDown();
    }

    /** Waits until everything is copied; gives up after a while, because the machine of the pod may be gone. */
    void await(long seconds) throws InterruptedException {
        if (!done.await(seconds, TimeUnit.SECONDS)) {
            LoggerFactory.getLogger(PodLog.class).warn("The end of {} is missing: the cluster does not send it", file);
            close();
        }
    }

    void close() {
        ended.countDown();
        var open = stream;
        if (open != null) {
            open.close();
        }
    }

    private void copy() {
        try (Writer out = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            boolean complete = false;
            for (int breaks = 0; breaks < MOST_BREAKS && !complete; breaks++) {
                boolean endedBefore = ended.getCount() == 0;
                complete = copyUntilItBreaks(out) && endedBefore;
                if (!complete) {
                    ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS); // the stream may be the first to hear of the end
                }
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(PodLog.class).warn("{} cannot be written", file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts this thread
        } finally {
            done.countDown();
        }
    }

    /** Copies one stream; says whether it came to its end in order. */
    private boolean copyUntilItBreaks(Writer out) throws IOException {
        var from = last;
        resumed = from;
        var container = pod.inContainer(NodePod.CONTAINER).usingTimestamps();
        try (var watch = from == null
                        ? container.watchLog()
                        : container.sinceTime(from.toString()).watchLog();
                var lines = new BufferedReader(new InputStreamReader(watch.getOutput(), StandardCharsets.UTF_8))) {
            stream = watch;
            String line = lines.readLine();
            while (line != null) {
                write(line, out);
                line = lines.readLine();
            }
            return true;
        } catch (KubernetesClientException e) {
            LoggerFactory.getLogger(PodLog.class).debug("The log of a pod broke off", e);
            return false;
        }
    }

    private void write(String line, Writer out) throws IOException {
        int blank = line.indexOf(' ');
        String text = line;
        try {
            var time = Instant.parse(blank < 0 ? line : line.substring(0, blank));
            var before = resumed;
            if (before != null && !time.isAfter(before)) {
                return; // was there before the stream broke
            }
            last = time;
            text = blank < 0 ? "" : line.substring(blank + 1);
        } catch (DateTimeParseException e) {
            LoggerFactory.getLogger(PodLog.class).debug("Instead of a log, the cluster sends: {}", line, e);
            return;
        }
        out.write(text);
        out.write('\n');
        out.flush(); // whatever happens to this JVM, the line is there
        byte[] bytes = (text + '\n').getBytes(StandardCharsets.UTF_8);
        troubles.take(bytes, bytes.length);
    }
}
