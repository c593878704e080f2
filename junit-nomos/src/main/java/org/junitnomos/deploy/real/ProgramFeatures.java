package org.junitnomos.deploy.real;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees whether a node was built with the features that tests need: a program that reads a key or a variable has its
 * name among its texts. Without {@code testing} there is no testing port, without {@code pol-dev-mode} no block in the
 * time of a test (node contract 1.5, 3.3). Scripts and other files that are no programs of the machine are passed over.
 */
final class ProgramFeatures {
    private static final int CHUNK = 1 << 16;
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private static final Map<String, String> TEXTS = new LinkedHashMap<>();
    private static final Map<String, List<String>> KNOWN = new ConcurrentHashMap<>();

    static {
        TEXTS.put("feature 'testing' (it has no testing port)", "testing_http");
        TEXTS.put("feature 'pol-dev-mode' (it would make no block in the time of a test)", "POL_PROOF_DEV_MODE");
    }

    private ProgramFeatures() {}

    /** Names the features that a program lacks; reads it once as long as its size and time stay the same. */
    static List<String> missingIn(Path program) throws IOException {
        String version = FileDigests.version(program);
        var known = KNOWN.get(version);
        if (known == null) {
            known = search(program);
            KNOWN.put(version, known);
        }
        return known;
    }

    private static List<String> search(Path program) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(program), CHUNK)) {
            return missingIn(in);
        }
    }

    /** Names the features that a program lacks, by its bytes. */
    static List<String> missingIn(InputStream in) throws IOException {
        var lacking = new LinkedHashMap<>(TEXTS);
        byte[] head = in.readNBytes(ELF.length);
        if (!Arrays.equals(head, ELF)) {
            return List.of();
        }
        int longest = TEXTS.values().stream().mapToInt(String::length).max().orElse(0);
        String rest = "";
        for (byte[] chunk = in.readNBytes(CHUNK);
                chunk.length > 0 && !lacking.isEmpty();
                chunk = in.readNBytes(CHUNK)) {
            String text = rest + new String(chunk, StandardCharsets.ISO_8859_1);
            lacking.values().removeIf(text::contains);
            rest = text.substring(Math.max(0, text.length() - longest));
        }
        return List.copyOf(lacking.keySet());
    }
}
