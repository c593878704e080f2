package org.junitnomos.deploy.session;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The list of everything that a session has outside of its JVM: a file to which lines are only added, each with a
 * checksum, so that a line which a crash cut in two is known for what it is. Thread-safe.
 */
final class Ledger implements AutoCloseable {
    private static final String PLANNED = "planned";
    private static final String CREATED = "created";
    private static final String EXISTS = "exists";
    private static final String RELEASED = "released";

    private final Path file;
    private final FileOutputStream output;
    private final Map<Integer, LedgerEntry> entries = new TreeMap<>();
    private int last;
    private boolean torn;

    private Ledger(Path file, FileOutputStream output) {
        this.file = file;
        this.output = output;
    }

    static Ledger create(Path file) throws IOException {
        if (!file.toFile().createNewFile()) {
            throw new FileAlreadyExistsException(file.toString());
        }
        return new Ledger(file, new FileOutputStream(file.toFile(), true));
    }

    /**
     * What stands in a ledger.
     *
     * @param entries what is not released, in the order of registration
     * @param unreadable how many lines are torn or of a newer version
     */
    record Reading(List<LedgerEntry> entries, int unreadable) {}

    /**
     * Reads a ledger, also one that is written just now. A torn line counts as not written: the thing was not created
     * yet, or is found by its marker, or was gone already.
     */
    static Reading read(Path file) throws IOException {
        var entries = new TreeMap<Integer, LedgerEntry>();
        int unreadable = 0;
        for (String line : SmallFiles.read(file).split("\n")) {
            if (!line.isEmpty() && !apply(line, entries)) {
                unreadable++;
            }
        }
        return new Reading(List.copyOf(entries.values()), unreadable);
    }

    private static boolean apply(String line, Map<Integer, LedgerEntry> entries) {
        try {
            return applyFields(line, entries);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return false; // a newer version means something else by it
        }
    }

    private static boolean applyFields(String line, Map<Integer, LedgerEntry> entries) {
        int end = line.lastIndexOf('\t');
        if (end < 0 || !line.substring(end + 1).equals(checksum(line.substring(0, end)))) {
            return false;
        }
        String[] fields = decode(line.substring(0, end)).split("\t", -1);
        for (int i = 0; i < fields.length; i++) {
            fields[i] = unescape(fields[i]);
        }
        int number = Integer.parseInt(fields[1]);
        switch (fields[0]) {
            case PLANNED ->
                entries.put(
                        number,
                        new LedgerEntry(number, fields[2], fields[3], fields[4], fields[5], false, null, false));
            case EXISTS -> entries.computeIfPresent(number, (key, entry) -> entry.asCreated());
            case CREATED ->
                entries.computeIfPresent(
                        number,
                        (key, entry) -> entry.createdAs(new ProcessIdentity(Long.parseLong(fields[2]), fields[3])));
            case RELEASED -> entries.remove(number);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Writes down what will be created, and only then return. */
    synchronized LedgerEntry planned(String scope, ResourceKind kind, String name, String markerPrefix) {
        int number = last + 1;
        var entry = new LedgerEntry(number, scope, kind.label(), name, markerPrefix + "-" + number, false, null, false);
        append(PLANNED, Integer.toString(number), scope, kind.label(), name, entry.marker());
        last = number;
        entries.put(number, entry);
        return entry;
    }

    synchronized void created(int number, ProcessIdentity process) {
        var entry = entries.get(number);
        if (entry != null) {
            entries.put(number, entry.createdAs(process));
            append(CREATED, Integer.toString(number), Long.toString(process.pid()), process.birth());
        }
    }

    /** Notes that it exists now, for kinds other than processes. */
    synchronized void created(int number) {
        var entry = entries.get(number);
        if (entry != null) {
            entries.put(number, entry.asCreated());
            append(EXISTS, Integer.toString(number));
        }
    }

    /** Notes that it is gone. If that cannot be written, whoever reads the ledger finds out for himself. */
    synchronized void released(int number) {
        var entry = entries.get(number);
        if (entry == null || entry.released()) {
            return;
        }
        entries.put(number, entry.asReleased());
        try {
            append(RELEASED, Integer.toString(number));
        } catch (SessionException e) {
            torn = true; // and the line is missing
        }
    }

    /** Everything of a scope that was not forgotten, released or not. */
    synchronized List<LedgerEntry> of(String scope) {
        return entries.values().stream()
                .filter(entry -> entry.scope().equals(scope))
                .toList();
    }

    /** One entry as it is now; empty if it was forgotten. */
    synchronized Optional<LedgerEntry> find(int number) {
        return Optional.ofNullable(entries.get(number));
    }

    /** What is not released. */
    synchronized List<LedgerEntry> live() {
        return entries.values().stream().filter(entry -> !entry.released()).toList();
    }

    /** Releases what is gone for sure, and drops it from memory. */
    synchronized void forget(List<LedgerEntry> gone) {
        for (var entry : gone) {
            released(entry.number());
            entries.remove(entry.number());
        }
    }

    private void append(String... fields) {
        var escaped = new ArrayList<String>();
        for (String field : fields) {
            escaped.add(escape(field));
        }
        String text = encode(String.join("\t", escaped));
        String line = (torn ? "\n" : "") + text + "\t" + checksum(text) + "\n";
        try {
            torn = true;
            output.write(line.getBytes(StandardCharsets.ISO_8859_1));
            torn = false;
        } catch (IOException e) {
            throw new SessionException(
                    "Cannot write " + fields[0] + " to the ledger " + file + " (" + e
                            + "). What is not in the ledger must not exist: make room there, or point java.io.tmpdir to"
                            + " a directory with room",
                    e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            output.close();
        } catch (IOException e) {
            throw new SessionException("Cannot close the ledger " + file + " (" + e + ")", e);
        }
    }

    // Names may have any character; lines are bytes, so that a torn one never stops a decoder.

    private static String encode(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String decode(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String escape(String field) {
        return field.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String unescape(String field) {
        var text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c != '\\' || i + 1 == field.length()) {
                text.append(c);
                continue;
            }
            i++;
            char escaped = field.charAt(i);
            text.append(escaped == 't' ? '\t' : escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
        }
        return text.toString();
    }

    private static String checksum(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return Long.toHexString(crc.getValue() | 0x1_0000_0000L).substring(1);
    }
}
