package org.junitnomos.deploy.real;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junitnomos.deploy.program.Fingerprint;

/**
 * Hashes files, each once as long as its size and time stay the same: programs have a hundred megabytes. Thread-safe.
 */
final class FileDigests {
    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private FileDigests() {}

    /** {@return the SHA-256 hash of the content, 64 hexadecimal digits} */
    static String of(Path file) throws IOException {
        String version = version(file);
        String known = KNOWN.get(version);
        if (known == null) {
            known = compute(file);
            KNOWN.put(version, known);
        }
        return known;
    }

    /** {@return a text that is another one once a file has another size or time} */
    static String version(Path file) throws IOException {
        return file.toAbsolutePath() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
    }

    private static String compute(Path file) throws IOException {
        MessageDigest digest = Fingerprint.sha256();
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(file, out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
