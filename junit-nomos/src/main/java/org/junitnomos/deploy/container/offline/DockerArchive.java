package org.junitnomos.deploy.container.offline;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junitnomos.deploy.program.Fingerprint;

/**
 * An image as {@code docker save} writes it (Docker image specification v1.2): a tar with {@code manifest.json}, the
 * configuration and the layers. It is put together while it is read, so that no layer is kept twice.
 */
final class DockerArchive {
    private static final int RECORD = 512;

    private final List<Supplier<InputStream>> pieces = new ArrayList<>();

    private DockerArchive() {}

    static InputStream open(String reference, byte[] config, List<ImageLayer> layers) throws IOException {
        String name = new Fingerprint().add(config).hex() + ".json";
        var json = new ObjectMapper();
        var manifest = json.createArrayNode();
        var image = manifest.addObject().put("Config", name);
        image.putArray("RepoTags").add(reference);
        var tars = image.putArray("Layers");
        layers.forEach(layer -> tars.add(name(layer)));

        var archive = new DockerArchive();
        archive.add("manifest.json", json.writeValueAsBytes(manifest));
        archive.add(name, config);
        for (var layer : layers) {
            archive.add(layer);
        }
        archive.add(new byte[2 * RECORD]);
        Iterator<Supplier<InputStream>> rest = archive.pieces.iterator();
        return new SequenceInputStream(new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return rest.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return rest.next().get();
            }
        });
    }

    private static String name(ImageLayer layer) {
        return layer.digest() + "/layer.tar";
    }

    private void add(String name, byte[] content) {
        addHeader(name, content.length);
        add(content);
        addPadding(content.length);
    }

    private void add(ImageLayer layer) {
        addHeader(name(layer), layer.size());
        pieces.add(() -> open(layer));
        addPadding(layer.size());
    }

    private static InputStream open(ImageLayer layer) {
        try {
            return Files.newInputStream(layer.tar());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addHeader(String name, long size) {
        var entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setModTime(LayerWriter.TIME);
        byte[] header = new byte[RECORD];
        entry.writeEntryHeader(header);
        add(header);
    }

    private void addPadding(long size) {
        add(new byte[(int) ((RECORD - size % RECORD) % RECORD)]);
    }

    private void add(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        pieces.add(() -> new ByteArrayInputStream(bytes));
    }
}
