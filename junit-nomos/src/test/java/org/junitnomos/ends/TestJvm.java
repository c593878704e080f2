package org.junitnomos.ends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junitnomos.journal.JournalEvent.PhaseStarted;
import org.junitnomos.journal.JournalEvent.RunStarted;
import org.junitnomos.journal.JournalReader;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.testkit.ChildJvm;

/** A test JVM with directories of its own, and what must be there and what must not after its end. */
final class TestJvm implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(60);

    /** Scenarios of that name come before the one that matters. */
    private static final String WARM_UP = "WarmUp";

    private static final String SEED = "4711";

    private final Path directory;
    private final Path temporary;
    private final String mark;
    private final List<String> options = new ArrayList<>();
    private ChildJvm child;

    TestJvm(Path directory) throws IOException {
        this(directory, directory.resolve("tmp"));
    }

    /** Prepare one that shares a temporary directory with others. */
    TestJvm(Path directory, Path temporary) throws IOException {
        this.directory = Files.createDirectories(directory).toRealPath();
        this.temporary = Files.createDirectories(temporary).toRealPath();
        this.mark = this.directory.getFileName() + "-" + Long.toHexString(System.nanoTime());
        options.add("-Xmx96m");
        options.add("-Djava.io.tmpdir=" + temporary());
        options.add("-Dnomos.directory=" + runs());
        options.add("-Dnomos.seed=" + SEED);
        options.add("-Dnomos.progress=off");
        options.add("-Dends.mark=" + mark);
        options.add("-Dnomos.container.base-image=none"); // asks no registry
    }

    TestJvm with(String property, String value) {
        options.add("-D" + property + "=" + value);
        return this;
    }

    List<String> options() {
        return List.copyOf(options);
    }

    Path temporary() {
        return temporary;
    }

    String mark() {
        return mark;
    }

    Path runs() {
        return directory.resolve("runs");
    }

    /** Start it in a process group of its own, as a terminal would. */
    ChildJvm start(Class<?>... scenarios) throws IOException {
        var command = new ArrayList<String>();
        command.addAll(List.of("setsid", "env", "--default-signal=INT")); // a background shell ignores Ctrl-C
        command.add(ChildJvm.java());
        command.addAll(ChildJvm.quickOptions());
        command.addAll(options);
        command.add(LauncherMain.class.getName());
        for (Class<?> scenario : scenarios) {
            command.add(scenario.getName());
        }
        child = ChildJvm.run(directory, command, Map.of("ENDS_MARK", mark));
        return child;
    }

    /** The directory of the one run. */
    Path run() throws IOException {
        try (Stream<Path> found = Files.walk(runs())) {
            return found.filter(path ->
                            path.endsWith("journal.jsonl") && !path.toString().contains(WARM_UP))
                    .findFirst()
                    .orElseThrow()
                    .getParent();
        }
    }

    String read(String file) throws IOException {
        return Files.readString(run().resolve(file), StandardCharsets.UTF_8);
    }

    /** Plan, seed, journal to its last line, and logs. */
    void assertEvidence() throws IOException {
        var journal = JournalReader.read(run().resolve("journal.jsonl"));
        assertThat(journal.tornBytes()).isZero();
        assertThat(journal.events().get(0)).isInstanceOfSatisfying(RunStarted.class, started -> {
            assertThat(started.seed()).isEqualTo(Long.parseLong(SEED));
            assertThat(started.toString()).contains("nodes: 2 (validator-0, validator-1)");
        });
        assertThat(journal.events())
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                PhaseStarted.class,
                                started -> assertThat(started.phase()).isEqualTo(RunPhase.DRIVE)));
        for (String node : List.of("validator-0", "validator-1")) {
            assertThat(run().resolve("nodes").resolve(node + ".log")).isNotEmptyFile();
        }
    }

    /** No process, no session, no lease, no directory. */
    void assertNothingIsLeft() {
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(processes()).isEmpty();
            assertThat(sessions()).isEmpty();
            assertThat(leases()).isEmpty();
            assertThat(temporary().resolve("outside")).doesNotExist();
        });
    }

    /** Whatever carries the mark or works in the temporary directory: nodes, the reaper, the JVM itself. */
    List<String> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> has(process, "environ") || has(process, "cmdline"))
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse("?"))
                .toList();
    }

    private boolean has(ProcessHandle process, String file) {
        try {
            var path = Path.of("/proc", Long.toString(process.pid()), file);
            String text = Files.readString(path, StandardCharsets.ISO_8859_1);
            return text.contains(mark) || text.contains(directory + "/");
        } catch (IOException e) {
            return false;
        }
    }

    List<Path> sessions() throws IOException {
        return list("sessions");
    }

    List<Path> leases() throws IOException {
        return list("ports").stream()
                .filter(path -> path.getFileName().toString().matches("[0-9]+"))
                .toList();
    }

    private List<Path> list(String name) throws IOException {
        Path listed =
                temporary().resolve("nomos-" + System.getProperty("user.name")).resolve(name);
        if (!Files.isDirectory(listed)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(listed)) {
            return children.toList();
        }
    }

    @Override
    public void close() {
        if (child != null) {
            child.close();
        }
    }
}
