package org.junitnomos.deploy.real;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Looks for texts in a program of a machine, as it has those that it reads, prints or was built with. Thread-safe. */
final class ProgramTexts {
    private static final int CHUNK = 1 << 16;
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
    private static final Map<String, Set<String>> KNOWN = new ConcurrentHashMap<>();

    private ProgramTexts() {}

    /**
     * Finds texts that a program does not have; reads it once as long as its size and time stay the same.
     *
     * @param texts of ASCII
     * @return those that it lacks; none of a script or another file that is no program of a machine
     */
    static Set<String> missingIn(Path program, Collection<String> texts) throws IOException {
        String version = FileDigests.version(program) + " " + texts;
        var known = KNOWN.get(version);
        if (known == null) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(program), CHUNK)) {
                known = missingIn(in, texts);
            }
            KNOWN.put(version, known);
        }
        return known;
    }

    /** The same, by the bytes of a program. */
    static Set<String> missingIn(InputStream in, Collection<String> texts) throws IOException {
        var lacking = new LinkedHashSet<>(texts);
        byte[] head = in.readNBytes(ELF.length);
        if (!Arrays.equals(head, ELF)) {
            return Set.of();
        }
        int longest = texts.stream().mapToInt(String::length).max().orElse(0);
        String rest = "";
        for (byte[] chunk = in.readNBytes(CHUNK);
                chunk.length > 0 && !lacking.isEmpty();
                chunk = in.readNBytes(CHUNK)) {
            String text = rest + new String(chunk, StandardCharsets.ISO_8859_1);
            lacking.removeIf(text::contains);
            rest = text.substring(Math.max(0, text.length() - longest));
        }
        return Collections.unmodifiableSet(lacking);
    }
}
