package org.junitnomos.devnode.program;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.WireFormatException;

/**
 * Keep the blocks of a node in one file that only grows. Thread-safe.
 *
 * <p>The file begins with a mark and the id of genesis; each record is a length, a CRC-32C of length and content, and
 * the block as in {@code POST /storage/block}. Numbers are big-endian. Opening cuts the file before the first record
 * that is incomplete or damaged: a node that lost its newest blocks fetches them from its peers, one that believes
 * damaged ones is worthless.
 *
 * <p>A record is handed to the operating system before {@link #append} returns, so it survives the death of the
 * process. It survives a loss of power only if the store forces each record to the disk, which costs milliseconds per
 * block; without that it forces when it is closed. A second store on the same file is refused.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class FileNodeStore implements NodeStore, AutoCloseable {
    /** Largest encoded block, in bytes; a real node stores no block above 64 KiB (node contract 2.5). */
    static final int MAX_BLOCK_BYTES = 16 * 1024 * 1024;

    private static final byte[] MARK = "NMBLKS01".getBytes(StandardCharsets.US_ASCII);
    private static final int START = MARK.length + HeaderId.LENGTH;
    private static final int RECORD_HEAD = 8;

    private final Path path;
    private final boolean force;
    private final RandomAccessFile file;
    private final FileChannel lockFile;
    private final Recovery recovery;
    private long end;
    private boolean forced = true;
    private @Nullable String broken;

    /**
     * Say what was found when the store was opened.
     *
     * @param blocks number of whole blocks
     * @param droppedBytes bytes cut off after them; 0 if the file was whole
     * @param reason why they were cut off; empty if none were
     */
    public record Recovery(int blocks, long droppedBytes, String reason) {}

    /** Hold the whole blocks of a file, where they end, and why the scan ended there; empty at the end of the file. */
    private record Scan(List<Block> blocks, long end, String problem) {}

    private FileNodeStore(Path path, HeaderId genesis, boolean force, RandomAccessFile file, FileChannel lockFile)
            throws IOException {
        this.path = path;
        this.force = force;
        this.file = file;
        this.lockFile = lockFile;
        begin(genesis);
        Scan scan = scan(file.length());
        this.recovery = new Recovery(scan.blocks.size(), file.length() - scan.end, scan.problem);
        this.end = scan.end;
        file.setLength(end);
    }

    /**
     * Open or create a store.
     *
     * @param path its file; {@code <path>.lock} is created beside it
     * @param genesis id of the genesis block of the chain
     * @param force whether every block is forced to the disk before {@link #append} returns
     * @return the store
     * @throws IOException if the file cannot be read or written, is in use, or belongs to another chain
     */
    public static FileNodeStore open(Path path, HeaderId genesis, boolean force) throws IOException {
        Path lockPath = path.resolveSibling(path.getFileName() + ".lock");
        // A lock of its own file: POSIX drops all locks on a file when anybody in the process closes it.
        FileChannel lockFile = FileChannel.open(lockPath, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(lockFile, path);
            // Not a channel: that one would be closed by an interrupt of its thread.
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            try {
                return new FileNodeStore(path, genesis, force, file, lockFile);
            } catch (IOException | RuntimeException failure) {
                file.close();
                throw failure;
            }
        } catch (IOException | RuntimeException failure) {
            lockFile.close();
            throw failure;
        }
    }

    private static void lock(FileChannel lockFile, Path path) throws IOException {
        FileLock lock;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            lock = null;
        }
        if (lock == null) {
            throw new IOException("The block store " + path + " is in use; expected that no other node runs with it.");
        }
    }

    /** Write the beginning of a new file, also over a torn one, or check that of an old file. */
    private void begin(HeaderId genesis) throws IOException {
        byte[] expected =
                ByteBuffer.allocate(START).put(MARK).put(genesis.toBytes()).array();
        byte[] found = new byte[(int) Math.min(START, file.length())];
        file.seek(0);
        file.readFully(found);
        if (Arrays.equals(found, expected)) {
            return;
        }
        if (found.length < START && Arrays.equals(found, Arrays.copyOf(expected, found.length))) {
            file.setLength(0);
            file.write(expected);
            return;
        }
        if (found.length == START && Arrays.equals(found, 0, MARK.length, MARK, 0, MARK.length)) {
            throw new IOException("The block store " + path + " belongs to the chain of genesis "
                    + HeaderId.of(Arrays.copyOfRange(found, MARK.length, START)) + ", expected " + genesis
                    + "; give the node another directory.");
        }
        throw new IOException("The file " + path + " is no block store; give the node another directory.");
    }

    private Scan scan(long length) throws IOException {
        List<Block> blocks = new ArrayList<>();
        long position = START;
        file.seek(position);
        while (position < length) {
            if (length - position < RECORD_HEAD) {
                return new Scan(blocks, position, "incomplete record");
            }
            int size = file.readInt();
            int checksum = file.readInt();
            if (size <= 0 || size > MAX_BLOCK_BYTES) {
                return new Scan(blocks, position, "damaged record");
            }
            if (size > length - position - RECORD_HEAD) {
                return new Scan(blocks, position, "incomplete record");
            }
            byte[] content = new byte[size];
            file.readFully(content);
            if (checksum != checksum(content)) {
                return new Scan(blocks, position, "damaged record");
            }
            try {
                blocks.add(MantleJson.decodeBlock(content));
            } catch (WireFormatException problem) {
                return new Scan(blocks, position, "record that is no block: " + problem.getMessage());
            }
            position += RECORD_HEAD + size;
        }
        return new Scan(blocks, position, "");
    }

    private static int checksum(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(4).putInt(0, content.length));
        checksum.update(content);
        return (int) checksum.getValue();
    }

    /**
     * Return what was found when the store was opened.
     *
     * @return the state of the file then
     */
    public Recovery recovery() {
        return recovery;
    }

    @Override
    public synchronized void append(Block block) {
        byte[] content = MantleJson.encode(block);
        if (content.length > MAX_BLOCK_BYTES) {
            throw new IllegalArgumentException("Block " + block.id() + " has " + content.length
                    + " bytes, expected at most " + MAX_BLOCK_BYTES + "; it is not stored.");
        }
        if (broken != null) {
            throw new UncheckedIOException(new IOException("The block store " + path + " is broken: " + broken));
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
            throw new UncheckedIOException("Cannot write block " + block.id() + " to " + path + ".", failure);
        }
    }

    @Override
    public synchronized List<Block> blocks() {
        try {
            Scan scan = scan(end);
            if (scan.end != end) {
                throw new IOException("The block store " + path + " has a " + scan.problem + " at byte " + scan.end
                        + ", which was whole before; start the node again to go on without the blocks after it.");
            }
            return List.copyOf(scan.blocks);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Force all blocks to the disk and give up the lock. Does nothing if the store is closed.
     *
     * @throws IOException if the disk refuses
     */
    @Override
    public synchronized void close() throws IOException {
        if (!lockFile.isOpen()) {
            return;
        }
        broken = "it is closed";
        try (lockFile;
                file) {
            if (!forced) {
                file.getFD().sync();
            }
        }
    }
}
