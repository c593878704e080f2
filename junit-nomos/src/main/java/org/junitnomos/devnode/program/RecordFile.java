package org.junitnomos.devnode.program;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.WireFormatException;

/**
 * Keeps records in a file that only grows. Not thread-safe.
 *
 * <p>The file begins with a mark and the id of genesis; each record is a length, a CRC-32C of length and content, and
 * the content. Numbers are big-endian. Opening cuts the file before the first record that is incomplete or damaged.
 *
 * @param <T> type of the records
 */
final class RecordFile<T> implements Closeable {
    private static final int RECORD_HEAD = 8;

    private final Path path;
    private final Kind<T> kind;
    private final boolean force;
    // Not a channel: that one would be closed by an interrupt of its thread.
    private final RandomAccessFile file;
    private final int start;
    private final int found;
    private final long droppedBytes;
    private final String reason;
    private long end;
    private boolean forced = true;
    private @Nullable String broken;

    /**
     * What the records are.
     *
     * @param mark eight bytes at the start of the file
     * @param store what the file is, for texts
     * @param noun what a record is, for texts
     * @param maxBytes largest record
     * @param decoder reads a record
     */
    record Kind<T>(byte[] mark, String store, String noun, int maxBytes, Function<byte[], T> decoder) {}

    /** The whole records of a file, where they end, and why the scan ended there; empty at the end of the file. */
    private record Scan<T>(List<T> records, long end, String problem) {}

    RecordFile(Path path, Kind<T> kind, HeaderId genesis, boolean force) throws IOException {
        this.path = path;
        this.kind = kind;
        this.force = force;
        this.start = kind.mark().length + HeaderId.LENGTH;
        this.file = new RandomAccessFile(path.toFile(), "rw");
        try {
            begin(genesis);
            Scan<T> scan = scan(file.length());
            this.found = scan.records.size();
            this.droppedBytes = file.length() - scan.end;
            this.reason = scan.problem;
            this.end = scan.end;
            file.setLength(end);
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    /** Counts the whole records that were there when the file was opened. */
    int found() {
        return found;
    }

    /** Counts the bytes that were cut off when the file was opened. */
    long droppedBytes() {
        return droppedBytes;
    }

    /** Tells why bytes were cut off; empty if none were. */
    String reason() {
        return reason;
    }

    /** Writes the beginning of a new file, also over a torn one, or checks that of an old file. */
    private void begin(HeaderId genesis) throws IOException {
        byte[] mark = kind.mark();
        byte[] expected =
                ByteBuffer.allocate(start).put(mark).put(genesis.toBytes()).array();
        byte[] there = new byte[(int) Math.min(start, file.length())];
        file.seek(0);
        file.readFully(there);
        if (Arrays.equals(there, expected)) {
            return;
        }
        if (there.length < start && Arrays.equals(there, Arrays.copyOf(expected, there.length))) {
            file.setLength(0);
            file.write(expected);
            return;
        }
        if (there.length == start && Arrays.equals(there, 0, mark.length, mark, 0, mark.length)) {
            throw new IOException("The " + kind.store() + " " + path + " belongs to the chain of genesis "
                    + HeaderId.of(Arrays.copyOfRange(there, mark.length, start)) + ", expected " + genesis
                    + "; give the node another directory.");
        }
        throw new IOException("The file " + path + " is no " + kind.store() + "; give the node another directory.");
    }

    private Scan<T> scan(long length) throws IOException {
        List<T> records = new ArrayList<>();
        long position = start;
        file.seek(position);
        while (position < length) {
            if (length - position < RECORD_HEAD) {
                return new Scan<>(records, position, "incomplete record");
            }
            int size = file.readInt();
            int checksum = file.readInt();
            if (size <= 0 || size > kind.maxBytes()) {
                return new Scan<>(records, position, "damaged record");
            }
            if (size > length - position - RECORD_HEAD) {
                return new Scan<>(records, position, "incomplete record");
            }
            byte[] content = new byte[size];
            file.readFully(content);
            if (checksum != checksum(content)) {
                return new Scan<>(records, position, "damaged record");
            }
            try {
                records.add(kind.decoder().apply(content));
            } catch (WireFormatException problem) {
                return new Scan<>(records, position, "record that is no " + kind.noun() + ": " + problem.getMessage());
            }
            position += RECORD_HEAD + size;
        }
        return new Scan<>(records, position, "");
    }

    private static int checksum(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(4).putInt(0, content.length));
        checksum.update(content);
        return (int) checksum.getValue();
    }

    /** Appends a record; the name is for texts. */
    void append(byte[] content, String name) {
        if (content.length > kind.maxBytes()) {
            throw new IllegalArgumentException(name + " has " + content.length + " bytes, expected at most "
                    + kind.maxBytes() + "; it is not stored.");
        }
        if (broken != null) {
            throw new UncheckedIOException(
                    new IOException("The " + kind.store() + " " + path + " is broken: " + broken));
        }
        byte[] recordBytes = ByteBuffer.allocate(RECORD_HEAD + content.length)
                .putInt(content.length)
                .putInt(checksum(content))
                .put(content)
                .array();
        try {
            file.seek(end);
            file.write(recordBytes);
            forced = force;
            if (force) {
                file.getFD().sync();
            }
            end += recordBytes.length;
        } catch (IOException failure) {
            // What the disk holds now is unknown; records after a torn one would be lost.
            broken = failure.toString();
            String what = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
            throw new UncheckedIOException("Cannot write " + what + " to " + path + ".", failure);
        }
    }

    List<T> read() {
        try {
            Scan<T> scan = scan(end);
            if (scan.end != end) {
                throw new IOException("The " + kind.store() + " " + path + " has a " + scan.problem + " at byte "
                        + scan.end + ", which was whole before; start the node again to go on without the "
                        + kind.noun() + "s after it.");
            }
            return List.copyOf(scan.records);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Forces what is not on the disk yet. */
    @Override
    public void close() throws IOException {
        broken = "it is closed";
        try (file) {
            if (!forced) {
                file.getFD().sync();
            }
        }
    }
}
