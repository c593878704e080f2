package org.junitnomos.deploy.container.offline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program or library of Linux says about the libraries it needs (System V ABI, chapters 4 and 5).
 *
 * @param machine number of the processor
 * @param interpreter path of the loader; null for libraries
 * @param needed names of the libraries it needs
 * @param searchPath where it wants them looked for first; {@code $ORIGIN} is the directory it is in
 */
record ElfFile(int machine, @Nullable String interpreter, List<String> needed, List<String> searchPath) {
    private static final int MAGIC = 0x464C457F; // 0x7F 'E' 'L' 'F', little-endian
    private static final int HEADER = 64;
    private static final int IDENT_64_BIT_LITTLE_ENDIAN = 0x0102;
    private static final int PROGRAM_HEADER = 56;
    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int INTERPRETER = 3;
    private static final int TAG_NEEDED = 1;
    private static final int TAG_STRINGS = 5;
    private static final int TAG_RPATH = 15;
    private static final int TAG_RUNPATH = 29;
    private static final int LONGEST_TEXT = 4096;
    private static final int LARGEST_TABLE = 1 << 20;

    ElfFile {
        needed = List.copyOf(needed);
        searchPath = List.copyOf(searchPath);
    }

    /** Reads a file; null if it is no 64-bit little-endian ELF file. */
    static @Nullable ElfFile read(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            if (channel.size() < HEADER) {
                return null;
            }
            ByteBuffer header = bytes(channel, 0, HEADER);
            if (header.getInt(0) != MAGIC || header.getShort(4) != IDENT_64_BIT_LITTLE_ENDIAN) {
                return null;
            }
            int size = Short.toUnsignedInt(header.getShort(54));
            int count = Short.toUnsignedInt(header.getShort(56));
            var segments = new ArrayList<Segment>();
            for (int i = 0; i < count; i++) {
                segments.add(Segment.of(bytes(channel, header.getLong(32) + (long) i * size, PROGRAM_HEADER)));
            }
            return new Reader(channel, segments).read(Short.toUnsignedInt(header.getShort(18)));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException(file + " is a damaged ELF file", e);
        }
    }

    private static ByteBuffer bytes(FileChannel channel, long position, long length) throws IOException {
        if (position < 0 || length < 0 || length > LARGEST_TABLE) {
            throw new IllegalArgumentException("a table of " + length + " bytes at " + position);
        }
        var buffer = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IllegalArgumentException("it ends in the middle of a table");
            }
        }
        return buffer.flip();
    }

    private record Segment(int type, long offset, long address, long length) {
        static Segment of(ByteBuffer header) {
            return new Segment(header.getInt(0), header.getLong(8), header.getLong(16), header.getLong(32));
        }
    }

    private record Reader(FileChannel channel, List<Segment> segments) {
        ElfFile read(int machine) throws IOException {
            String interpreter = null;
            var needed = new ArrayList<Long>();
            var paths = new ArrayList<Long>();
            long strings = 0;
            for (var segment : segments) {
                if (segment.type() == INTERPRETER) {
                    interpreter = text(segment.offset());
                } else if (segment.type() == DYNAMIC) {
                    ByteBuffer entries = bytes(channel, segment.offset(), segment.length());
                    while (entries.remaining() >= 2 * Long.BYTES) {
                        long tag = entries.getLong();
                        long value = entries.getLong();
                        if (tag == 0) {
                            break;
                        } else if (tag == TAG_NEEDED) {
                            needed.add(value);
                        } else if (tag == TAG_RPATH || tag == TAG_RUNPATH) {
                            paths.add(value);
                        } else if (tag == TAG_STRINGS) {
                            strings = offset(value);
                        }
                    }
                }
            }
            var names = new ArrayList<String>();
            for (long name : needed) {
                names.add(text(strings + name));
            }
            var search = new ArrayList<String>();
            for (long path : paths) {
                search.addAll(List.of(text(strings + path).split(":")));
            }
            return new ElfFile(machine, interpreter, names, search);
        }

        /** Where in the file an address is. */
        private long offset(long address) {
            for (var segment : segments) {
                long inside = address - segment.address();
                if (segment.type() == LOAD && inside >= 0 && inside < segment.length()) {
                    return segment.offset() + inside;
                }
            }
            throw new IllegalArgumentException("no segment has address " + address);
        }

        private String text(long position) throws IOException {
            int length = (int) Math.min(LONGEST_TEXT, channel.size() - position);
            ByteBuffer buffer = bytes(channel, position, length);
            int end = 0;
            while (buffer.get(end) != 0) {
                end++;
            }
            return new String(buffer.array(), 0, end, StandardCharsets.UTF_8);
        }
    }
}
