package org.junitnomos.deploy.session;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads and writes small files with streams, because the channels behind {@link java.nio.file.Files} fail on a thread
 * that was interrupted, and cleanup often runs on one. A character is a byte.
 */
final class SmallFiles {

    private SmallFiles() {}

    static String read(Path path) throws IOException {
        try (var stream = new FileInputStream(file(path))) {
            return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    static void write(Path path, String text) throws IOException {
        write(path, text, false);
    }

    static void append(Path path, String text) throws IOException {
        write(path, text, true);
    }

    private static void write(Path path, String text, boolean append) throws IOException {
        try (var stream = new FileOutputStream(file(path), append)) {
            stream.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static File file(Path path) {
        return path.toFile();
    }
}
