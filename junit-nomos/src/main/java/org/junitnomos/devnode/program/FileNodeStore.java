package org.junitnomos.devnode.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.da.StoredShare;
import org.junitnomos.mantle.BlobJson;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;

/**
 * Keeps the blocks of a node in one file that only grows, its shares in another one, and which blocks it made in a
 * third one. Thread-safe.
 *
 * <p>A file begins with a mark and the id of genesis; each record is a length, a CRC-32C of length and content, and the
 * block as in {@code POST /storage/block}, the share as in {@code POST /da/add-share}, or id, slot and height of a
 * block that the node made. Numbers are big-endian.
 * Opening cuts a file before the first record that is incomplete or damaged: a node that lost its newest blocks fetches
 * them from its peers, one that believes damaged ones is worthless.
 *
 * <p>A record is handed to the operating system before {@link #append} returns, so it survives the death of the
 * process. It survives a loss of power only if the store forces each record to the disk, which costs milliseconds per
 * block; without that it forces when it is closed. A second store on the same file is refused.
 */
final class FileNodeStore implements NodeStore, AutoCloseable {
    /** Largest encoded block, in bytes; a real node stores no block above 64 KiB (node contract 2.5). */
    static final int MAX_BLOCK_BYTES = 16 * 1024 * 1024;

    private static final String LOCK = ".lock";
    private static final String SHARES = ".shares";
    private static final String OWN = ".own";
    private static final int OWN_BYTES = HeaderId.LENGTH + 2 * Long.BYTES;

    private final Path path;
    private final HeaderId genesis;
    private final boolean force;
    private final FileChannel lockFile;
    private final RecordFile<Block> blocks;
    private @Nullable RecordFile<StoredShare> shares;
    private @Nullable RecordFile<OwnBlock> own;

    /**
     * What was found when the store was opened.
     *
     * @param blocks number of whole blocks
     * @param droppedBytes bytes cut off after them; 0 if the file was whole
     * @param reason why they were cut off; empty if none were
     */
    public record Recovery(int blocks, long droppedBytes, String reason) {}

    private FileNodeStore(Path path, HeaderId genesis, boolean force, FileChannel lockFile) throws IOException {
        this.path = path;
        this.genesis = genesis;
        this.force = force;
        this.lockFile = lockFile;
        this.blocks = new RecordFile<>(
                path,
                new RecordFile.Kind<>(
                        mark("NMBLKS01"), "block store", "block", MAX_BLOCK_BYTES, MantleJson::decodeBlock),
                genesis,
                force);
        try {
            shares = Files.exists(sharesPath()) ? openShares() : null;
            own = Files.exists(ownPath()) ? openOwn() : null;
        } catch (IOException | RuntimeException failure) {
            try (RecordFile<StoredShare> second = shares;
                    RecordFile<Block> first = blocks) {
                throw failure;
            }
        }
    }

    private static byte[] mark(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private Path sharesPath() {
        return path.resolveSibling(path.getFileName() + SHARES);
    }

    private Path ownPath() {
        return path.resolveSibling(path.getFileName() + OWN);
    }

    /** A node that made no block has no file for them. */
    private RecordFile<OwnBlock> openOwn() throws IOException {
        return new RecordFile<>(
                ownPath(),
                new RecordFile.Kind<>(mark("NMOWNB01"), "store of own blocks", "block", OWN_BYTES, content -> {
                    var record = ByteBuffer.wrap(content);
                    var id = new byte[HeaderId.LENGTH];
                    record.get(id);
                    return new OwnBlock(HeaderId.of(id), record.getLong(), record.getLong());
                }),
                genesis,
                force);
    }

    /** A node that holds no share has no file for them. */
    private RecordFile<StoredShare> openShares() throws IOException {
        return new RecordFile<>(
                sharesPath(),
                new RecordFile.Kind<>(
                        mark("NMSHRS01"), "share store", "share", MAX_BLOCK_BYTES, FileNodeStore::decodeShare),
                genesis,
                force);
    }

    private static StoredShare decodeShare(byte[] content) {
        BlobJson.FullShare full = BlobJson.decodeFullShare(content);
        return new StoredShare(full.commitments(), full.share());
    }

    /**
     * Opens or creates a store.
     *
     * @param path its file; {@code <path>.lock} is created beside it, {@code <path>.shares} with the first share,
     *     and {@code <path>.own} with the first block that the node makes
     * @param genesis id of the genesis block of the chain
     * @param force whether every block is forced to the disk before {@link #append} returns
     * @throws IOException if a file cannot be read or written, is in use, or belongs to another chain
     */
    public static FileNodeStore open(Path path, HeaderId genesis, boolean force) throws IOException {
        Path lockPath = path.resolveSibling(path.getFileName() + LOCK);
        // A lock of its own file: POSIX drops all locks on a file when anybody in the process closes it.
        FileChannel lockFile = FileChannel.open(lockPath, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(lockFile, path);
            return new FileNodeStore(path, genesis, force, lockFile);
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

    /** {@return the state in which the file of blocks was found when the store was opened} */
    public Recovery recovery() {
        return new Recovery(blocks.found(), blocks.droppedBytes(), blocks.reason());
    }

    @Override
    public synchronized void append(Block block) {
        blocks.append(MantleJson.encode(block), "Block " + block.id());
    }

    @Override
    public synchronized List<Block> blocks() {
        return blocks.read();
    }

    @Override
    public synchronized void append(StoredShare share) {
        String name = "Share " + share.share().index() + " of blob "
                + share.commitments().blobId();
        if (shares == null) {
            if (!lockFile.isOpen()) {
                throw new UncheckedIOException(
                        new IOException("The share store " + sharesPath() + " is broken: it is closed"));
            }
            try {
                shares = openShares();
            } catch (IOException failure) {
                throw new UncheckedIOException("Cannot write " + name + " to " + sharesPath() + ".", failure);
            }
        }
        shares.append(BlobJson.encode(new BlobJson.FullShare(share.commitments(), share.share())), name);
    }

    @Override
    public synchronized List<StoredShare> shares() {
        return shares == null ? List.of() : shares.read();
    }

    @Override
    public synchronized void append(OwnBlock block) {
        String name = "Own block " + block.block();
        if (own == null) {
            if (!lockFile.isOpen()) {
                throw new UncheckedIOException(
                        new IOException("The store of own blocks " + ownPath() + " is broken: it is closed"));
            }
            try {
                own = openOwn();
            } catch (IOException failure) {
                throw new UncheckedIOException("Cannot write " + name + " to " + ownPath() + ".", failure);
            }
        }
        own.append(
                ByteBuffer.allocate(OWN_BYTES)
                        .put(block.block().toBytes())
                        .putLong(block.slot())
                        .putLong(block.height())
                        .array(),
                name);
    }

    @Override
    public synchronized List<OwnBlock> ownBlocks() {
        return own == null ? List.of() : own.read();
    }

    /**
     * Forces everything to the disk and gives up the lock. Does nothing if the store is closed.
     *
     * @throws IOException if the disk refuses
     */
    @Override
    public synchronized void close() throws IOException {
        if (!lockFile.isOpen()) {
            return;
        }
        try (lockFile;
                RecordFile<OwnBlock> third = own;
                RecordFile<StoredShare> second = shares;
                RecordFile<Block> first = blocks) {
            shares = null;
            own = null;
        }
    }
}
