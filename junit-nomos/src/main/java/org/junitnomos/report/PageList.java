package org.junitnomos.report;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page that lists runs and grows at its end, a line a run: also by several JVMs at the same time, and however each of
 * them ends. Nothing is read again for that, so that a campaign of thousands of runs pays for each of them once.
 */
final class PageList {
    private static final Object LOCK = new Object(); // a file is locked once a JVM
    private static final long LARGEST = 4L << 20;
    private static final int KEPT_WHEN_FULL = 2000;

    private final HtmlPage page;

    PageList(HtmlPage page) {
        this.page = page;
    }

    /**
     * Adds a run.
     *
     * @param file the page; made if it is not there, and begun anew, with the runs in it, if another version made it
     * @throws IOException if it cannot be written
     */
    void add(Path file, Map<String, @Nullable Object> run) throws IOException {
        var text = new StringWriter();
        HtmlPage.writeData(text, run);
        synchronized (LOCK) {
            try (var channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                if (lock.isValid()) {
                    add(channel, text.toString());
                }
            }
        }
    }

    private void add(FileChannel channel, String run) throws IOException {
        byte[] head = page.head().getBytes(StandardCharsets.UTF_8);
        long size = channel.size();
        if (size > LARGEST || !begins(channel, head)) {
            var kept = size == 0 ? List.<String>of() : runs(channel);
            channel.truncate(0);
            write(channel, page.head());
            for (var each : kept.subList(Math.max(0, kept.size() - KEPT_WHEN_FULL), kept.size())) {
                write(channel, each + "\n");
            }
        }
        channel.position(channel.size());
        write(channel, run);
    }

    private static boolean begins(FileChannel channel, byte[] head) throws IOException {
        var begin = ByteBuffer.allocate(head.length);
        while (begin.hasRemaining() && channel.read(begin, begin.position()) >= 0) {
            // reads on
        }
        return !begin.hasRemaining() && ByteBuffer.wrap(head).equals(begin.flip());
    }

    /** The lines of runs that are whole: a JVM may have been killed in the middle of one. */
    private static List<String> runs(FileChannel channel) throws IOException {
        var all = ByteBuffer.allocate((int) Math.min(Integer.MAX_VALUE - 8, channel.size()));
        while (all.hasRemaining() && channel.read(all, all.position()) >= 0) {
            // reads on
        }
        return StandardCharsets.UTF_8
                .decode(all.flip())
                .toString()
                .lines()
                .filter(line -> line.startsWith(HtmlPage.DATA) && line.endsWith(HtmlPage.END_OF_DATA))
                .toList();
    }

    private static void write(FileChannel channel, String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
