package org.junitnomos.deploy.container.offline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A layer of an image.
 *
 * @param tar plain tar file with it
 * @param size of the file in bytes
 * @param digest SHA-256 of the file, 64 hexadecimal digits
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record ImageLayer(Path tar, long size, String digest) {
    public ImageLayer {
        Objects.requireNonNull(tar, "tar");
        Objects.requireNonNull(digest, "digest");
    }

    /** Notes it among what is kept, with the file's time: whoever changes the file changes that. */
    void note(Properties notes) throws IOException {
        String name = Objects.requireNonNull(tar.getFileName(), "a name").toString();
        notes.setProperty(name + ".size", Long.toString(size));
        notes.setProperty(name + ".digest", digest);
        notes.setProperty(name + ".time", Files.getLastModifiedTime(tar).toString());
    }

    /** Reads a note back; null if there is none, or the file is another one now. */
    static @Nullable ImageLayer noted(Properties notes, Path tar) throws IOException {
        String name = Objects.requireNonNull(tar.getFileName(), "a name").toString();
        String digest = notes.getProperty(name + ".digest");
        try {
            long size = Files.size(tar);
            boolean same = Long.toString(size).equals(notes.getProperty(name + ".size"))
                    && Files.getLastModifiedTime(tar).toString().equals(notes.getProperty(name + ".time"));
            return same && digest != null ? new ImageLayer(tar, size, digest) : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
