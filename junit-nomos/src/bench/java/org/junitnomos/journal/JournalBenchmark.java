package org.junitnomos.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A journal of a million events: of every ten, eight are short and two hold a block with five transactions. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 3)
public class JournalBenchmark {

    private static final int EVENTS = 1_000_000;

    private final List<JournalEvent> cycle = new ArrayList<>();
    private Path directory;
    private Path written;
    private int files;

    @Setup(Level.Trial)
    public void prepare() throws IOException {
        directory = Files.createTempDirectory("journal");
        List<JournalEvent.TransactionSummary> transactions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            transactions.add(JournalEvents.spend(i, List.of(i), 10 + i, 100));
        }
        for (int i = 0; i < 2; i++) {
            cycle.add(JournalEvents.block(
                    7 + i, 6 + i, 7 + i, transactions.toArray(JournalEvent.TransactionSummary[]::new)));
        }
        for (int i = 0; i < 8; i++) {
            cycle.add(new JournalEvent.BlockSeen(i, "validator-" + i, JournalEvents.id(7)));
        }
        written = append();
    }

    @TearDown(Level.Trial)
    public void remove() throws IOException {
        try (var left = Files.list(directory)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    @Benchmark
    public Path append() throws IOException {
        Path file = directory.resolve("journal-" + files++ + ".jsonl");
        try (FileJournal journal = FileJournal.create(file)) {
            for (int i = 0; i < EVENTS; i++) {
                journal.append(cycle.get(i % cycle.size()));
            }
        }
        if (written != null) {
            Files.delete(file);
        }
        return file;
    }

    @Benchmark
    public JournalReader.Result read() throws IOException {
        return JournalReader.read(written);
    }
}
