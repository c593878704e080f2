package org.junitnomos.deploy.diagnosis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** How long a program of Linux must be, by its headers: those of its segments, and the table of its sections. */
final class ElfLength {
    private static final int MAGIC = 0x7f454c46;
    private static final int CLASS = 4;
    private static final int CLASS_OF_32 = 1;
    private static final int ORDER = 5;
    private static final int BIG_ENDIAN = 2;

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer header;
    private final boolean wide;

    /** The places of what is read, in bytes from the beginning of the header, for words of 64 or of 32 bits. */
    private record Place(int wide, int narrow) {
        static final Place END = new Place(64, 52);
        static final Place SEGMENTS = new Place(32, 28);
        static final Place SECTIONS = new Place(40, 32);
        static final Place SIZE_OF_SEGMENT = new Place(54, 42);
        static final Place COUNT_OF_SEGMENTS = new Place(56, 44);
        static final Place SIZE_OF_SECTION = new Place(58, 46);
        static final Place COUNT_OF_SECTIONS = new Place(60, 48);
        static final Place OFFSET_IN_SEGMENT = new Place(8, 4);
        static final Place LENGTH_IN_SEGMENT = new Place(32, 16);
        static final Place END_OF_SEGMENT = new Place(56, 32);
    }

    private ElfLength(FileChannel channel, ByteBuffer header) throws IOException {
        this.channel = channel;
        this.size = channel.size();
        this.header = header.order(header.get(ORDER) == BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        this.wide = header.get(CLASS) != CLASS_OF_32;
    }

    /**
     * Says that a program was cut off.
     *
     * @return a statement about it; empty if it is whole, or no program of Linux
     */
    static Optional<String> cutOff(Path program) throws IOException {
        try (var channel = FileChannel.open(program, StandardOpenOption.READ)) {
            var header = ByteBuffer.allocate(Place.END.wide());
            read(channel, header, 0);
            if (header.position() < Integer.BYTES || header.getInt(0) != MAGIC) {
                return Optional.empty();
            }
            long needed = header.position() <= ORDER ? Place.END.narrow() : new ElfLength(channel, header).length();
            return channel.size() < needed
                    ? Optional.of("was cut off: it has " + channel.size() + " bytes, and its headers speak of "
                            + (needed == Long.MAX_VALUE ? "more" : String.valueOf(needed)))
                    : Optional.empty();
        }
    }

    private static void read(FileChannel channel, ByteBuffer target, long at) throws IOException {
        int read = 0;
        while (read >= 0 && target.hasRemaining()) {
            read = channel.read(target, at + target.position());
        }
    }

    private long length() throws IOException {
        long needed = at(Place.END);
        if (size < needed) {
            return needed;
        }
        long sections = word(header, Place.SECTIONS);
        if (sections != 0) { // the number of very many stands in the first of them
            long count = Math.max(1, half(Place.COUNT_OF_SECTIONS));
            needed = Math.max(needed, end(sections, count * half(Place.SIZE_OF_SECTION)));
        }
        long segments = word(header, Place.SEGMENTS);
        int each = half(Place.SIZE_OF_SEGMENT);
        int count = half(Place.COUNT_OF_SEGMENTS);
        long endOfSegments = end(segments, (long) count * each);
        needed = Math.max(needed, endOfSegments);
        if (size < endOfSegments || each < at(Place.END_OF_SEGMENT)) {
            return needed;
        }
        for (int i = 0; i < count; i++) {
            var segment = ByteBuffer.allocate(at(Place.END_OF_SEGMENT)).order(header.order());
            read(channel, segment, segments + (long) i * each);
            needed = Math.max(
                    needed, end(word(segment, Place.OFFSET_IN_SEGMENT), word(segment, Place.LENGTH_IN_SEGMENT)));
        }
        return needed;
    }

    private int at(Place place) {
        return wide ? place.wide() : place.narrow();
    }

    private int half(Place place) {
        return header.getShort(at(place)) & 0xffff;
    }

    private long word(ByteBuffer bytes, Place place) {
        return wide ? bytes.getLong(at(place)) : bytes.getInt(at(place)) & 0xffff_ffffL;
    }

    /** Where something ends; what no file can have ends at {@link Long#MAX_VALUE}. */
    private static long end(long offset, long length) {
        return offset < 0 || length < 0 || offset + length < 0 ? Long.MAX_VALUE : offset + length;
    }
}
