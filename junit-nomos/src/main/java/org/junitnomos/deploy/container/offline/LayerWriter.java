package org.junitnomos.deploy.container.offline;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.ArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junitnomos.deploy.program.Fingerprint;

/**
 * Writes a layer whose bytes depend on nothing but what is put into it; it appears whole or not at all.
 *
 * <p>Everything belongs to root and has one time, unless said otherwise.
 */
final class LayerWriter implements AutoCloseable {
    /** The time of all files; archives of class data remember the times of the files they were made from. */
    static final FileTime TIME = FileTime.fromMillis(1_577_836_800_000L); // 2020-01-01

    private static final int DIRECTORY = 0040000;
    private static final int FILE = 0100000;
    private static final int BUFFER = 1 << 16;

    private final Path tar;
    private final Path draft;
    private final DigestOutputStream digest;
    private final ArchiveOutputStream<TarArchiveEntry> out; // whose methods have one signature in all versions
    private final Set<String> written = new LinkedHashSet<>();

    LayerWriter(Path tar) throws IOException {
        this.tar = tar;
        this.draft = tar.resolveSibling(
                tar.getFileName() + "." + ProcessHandle.current().pid() + ".draft");
        this.digest = new DigestOutputStream(
                new BufferedOutputStream(Files.newOutputStream(draft), BUFFER), Fingerprint.sha256());
        var archive =
                new TarArchiveOutputStream(new BufferedOutputStream(digest, BUFFER), StandardCharsets.UTF_8.name());
        archive.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        this.out = archive;
    }

    /** Adds a directory, and those above it. */
    LayerWriter directory(String name, int mode, int owner) throws IOException {
        parents(name);
        if (written.add(name)) {
            var entry = entry(name + "/", DIRECTORY | mode);
            entry.setIds(owner, owner);
            out.putArchiveEntry(entry);
            out.closeArchiveEntry();
        }
        return this;
    }

    LayerWriter directory(String name) throws IOException {
        return directory(name, 0755, 0);
    }

    /** Adds a text file. */
    LayerWriter text(String name, String text) throws IOException {
        parents(name);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var entry = entry(name, FILE | 0644);
        entry.setSize(bytes.length);
        out.putArchiveEntry(entry);
        out.write(bytes);
        out.closeArchiveEntry();
        return this;
    }

    /** Adds a copy of a file, or of the file a link leads to. */
    LayerWriter file(String name, Path file) throws IOException {
        parents(name);
        var entry = entry(name, FILE | (Files.isExecutable(file) ? 0755 : 0644));
        entry.setSize(Files.size(file));
        out.putArchiveEntry(entry);
        Files.copy(file, out);
        out.closeArchiveEntry();
        return this;
    }

    /** Adds all that is in a directory, in the order of the names. */
    LayerWriter tree(String name, Path directory) throws IOException {
        directory(name);
        try (var tree = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) tree.skip(1).sorted()::iterator) {
                String inside = name + "/" + directory.relativize(path);
                if (Files.isSymbolicLink(path)) {
                    var entry = new TarArchiveEntry(inside, TarConstants.LF_SYMLINK);
                    entry.setLinkName(Files.readSymbolicLink(path).toString());
                    put(entry, 0120777);
                    out.putArchiveEntry(entry);
                    out.closeArchiveEntry();
                } else if (Files.isDirectory(path)) {
                    directory(inside);
                } else {
                    file(inside, path);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return this;
    }

    private void parents(String name) throws IOException {
        int end = name.lastIndexOf('/');
        if (end > 0) {
            directory(name.substring(0, end));
        }
    }

    private static TarArchiveEntry entry(String name, int mode) {
        var entry = new TarArchiveEntry(name);
        put(entry, mode);
        return entry;
    }

    private static void put(TarArchiveEntry entry, int mode) {
        entry.setMode(mode);
        entry.setIds(0, 0);
        entry.setNames("", ""); // commons-compress puts the name of this machine's user
        entry.setModTime(TIME);
    }

    /** Ends the layer, which is there from now on. */
    ImageLayer finish() throws IOException {
        out.close();
        String hex = HexFormat.of().formatHex(digest.getMessageDigest().digest());
        Files.move(draft, tar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new ImageLayer(tar, Files.size(tar), hex);
    }

    @Override
    public void close() throws IOException {
        digest.close(); // not `out`: an entry that broke off would hide the reason
        Files.deleteIfExists(draft);
    }
}
