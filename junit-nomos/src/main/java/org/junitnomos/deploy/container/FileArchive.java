package org.junitnomos.deploy.container;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.ArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Packs files as an engine takes them. */
final class FileArchive {
    /** Name of the layer in a build context. */
    static final String LAYER = "layer.tar";

    private static final int READABLE_BY_ALL = 0100444;

    private FileArchive() {}

    static InputStream file(String name, String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            put(tar, name, text.getBytes(StandardCharsets.UTF_8));
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    /** The context of a build: what to do, and a layer that it adds. */
    static InputStream buildContext(String dockerfile, Path layer) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            put(tar, "Dockerfile", dockerfile.getBytes(StandardCharsets.UTF_8));
            put(tar, LAYER, Files.readAllBytes(layer));
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    /** The supertype has methods with one signature in all versions: those of the tar's own changed in 1.26. */
    private static void put(ArchiveOutputStream<TarArchiveEntry> tar, String name, byte[] content) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setMode(READABLE_BY_ALL);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
