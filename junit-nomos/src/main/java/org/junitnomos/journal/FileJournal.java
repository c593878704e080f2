package org.junitnomos.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a journal in memory and in a file: one line of JSON an event, readable with {@link JournalReader}. Thread-safe.
 *
 * <p>Every event is handed to the operating system, by the thread that appends it, before {@link #append} returns. If
 * the JVM dies then, however suddenly, the file has every event that was appended; a power cut may cost the last few
 * seconds. When writing fails, for example on a full disk, the file ends with the last event that was written whole,
 * the journal goes on in memory, and {@link #problem()} and {@link #close()} tell so.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class FileJournal implements Journal, AutoCloseable {

    private final Path file;
    private final OutputStream out;
    private final EventWriter writer = new EventWriter();
    private final Broadcast<JournalEvent> events = new Broadcast<>(Listeners::report);
    private final Object lock = new Object();
    private @Nullable IOException problem;
    private long wholeBytes;
    private int wholeEvents;
    private boolean closed;

    /** Writes to a file that is open; only tests bring a stream of their own. */
    FileJournal(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Begins a journal.
     *
     * @param file where to write it; must not exist, its directory is created
     * @return the empty journal; the caller closes it
     * @throws UncheckedIOException if the file exists or cannot be created
     */
    public static FileJournal create(Path file) {
        Objects.requireNonNull(file, "file");
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            return new FileJournal(
                    file, Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (FileAlreadyExistsException e) {
            throw new UncheckedIOException(
                    "journal " + file + " exists already; a journal is written once, choose another file", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create journal " + file + ": " + e.getMessage(), e);
        }
    }

    /** {@return where the journal is written} */
    public Path file() {
        return file;
    }

    /** {@return why the file is not complete: what went wrong when writing; empty if nothing did} */
    public Optional<String> problem() {
        synchronized (lock) {
            return Optional.ofNullable(problem).map(this::describe);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the journal was closed
     */
    @Override
    public void append(JournalEvent event) {
        Objects.requireNonNull(event, "event");
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("journal " + file + " is closed; this event came too late: " + event);
            }
            events.add(event);
            write(event);
        }
        events.deliver();
    }

    private void write(JournalEvent event) {
        if (problem != null) {
            return;
        }
        byte[] line = writer.line(event);
        try {
            out.write(line);
            wholeBytes += line.length;
            wholeEvents++;
        } catch (IOException e) {
            problem = e;
            dropTornLine();
        }
    }

    private void dropTornLine() {
        try (var torn = new RandomAccessFile(file.toFile(), "rw")) {
            torn.setLength(Math.min(torn.length(), wholeBytes));
        } catch (IOException e) {
            // readers count what is torn; the first problem is the one to tell
        }
    }

    @Override
    public List<JournalEvent> events() {
        return events.snapshot();
    }

    @Override
    public void subscribe(Consumer<JournalEvent> listener) {
        events.subscribe(listener, events.size());
    }

    /**
     * Closes the file; what is in memory stays readable. Idempotent.
     *
     * @throws UncheckedIOException if not every event could be written
     */
    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            try {
                out.close();
            } catch (IOException e) {
                problem = problem == null ? e : problem;
            }
            if (problem != null) {
                throw new UncheckedIOException(describe(problem), problem);
            }
        }
    }

    private String describe(IOException why) {
        return "journal " + file + " is not complete, it ends with event " + wholeEvents + " of " + events.size()
                + ": writing failed: " + why.getMessage();
    }
}
