package org.junitnomos.deploy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.program.DirectoryTrees;
import org.junitnomos.testkit.ChildJvm;
import org.junitnomos.testkit.FakeEngine;

/** The build deletes the classes of this library while a test JVM runs, and then that JVM is killed. */
class VanishedClassPathTests {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private ChildJvm child;

    @AfterEach
    void endTheChild() {
        if (child != null) {
            child.close();
        }
    }

    /** The class path of the tests, with a copy of the library's classes in the place of these. */
    private static String classPath(Path copy) throws Exception {
        Path library = Path.of(Session.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> tree = Files.walk(library)) {
            tree.forEach(
                    each -> copy(each, copy.resolve(library.relativize(each).toString())));
        }
        return Arrays.stream(ChildJvm.classPath().split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().normalize().equals(library) ? copy.toString() : entry)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theReaperStillRemovesProcessesAndContainers() throws Exception {
        Path copy = directory.resolve("classes");
        Path root = directory.toRealPath().resolve("nomos");
        Path state = directory.resolve("state");
        Path socket = directory.toRealPath().resolve("d.sock");
        var marker = new AtomicReference<>("");
        try (var engine = new FakeEngine(socket, request -> answer(request, marker))) {
            var command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    classPath(copy),
                    SessionChild.class.getName(),
                    root.toString(),
                    state.toString(),
                    "unix://" + socket);
            child = ChildJvm.run(directory, command, Map.of());
            String id = child.await("session ");
            marker.set(child.await("container "));
            child.await("ready");
            await().atMost(LIMIT).until(() -> Reapers.of(id).size() == 1);

            DirectoryTrees.delete(copy);
            child.kill();

            await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(Reapers.of(id)).isEmpty();
                assertThat(root.resolve("sessions")).isEmptyDirectory();
                assertThat(state).doesNotExist();
            });
            assertThat(engine.requests()).contains("DELETE /containers/x?force=true&v=true");
            assertThat(root.resolve("cleanup.log"))
                    .content()
                    .contains("removed process 'validator-0'", "removed container", "is cleaned up")
                    .doesNotContain("problem", "could not remove");
        }
    }

    private static String answer(String request, AtomicReference<String> marker) {
        if (request.startsWith("DELETE ")) {
            marker.set("");
            return FakeEngine.answer(204, "");
        }
        boolean listed = request.startsWith("GET /containers") && !marker.get().isEmpty();
        return FakeEngine.answer(
                200, listed ? "[{\"Id\":\"x\",\"Labels\":{\"" + Entry.MARKER_LABEL + "\":\"" + marker + "\"}}]" : "[]");
    }
}
