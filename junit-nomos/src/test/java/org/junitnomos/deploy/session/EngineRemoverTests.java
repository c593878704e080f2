package org.junitnomos.deploy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.engine.EngineAddress;
import org.junitnomos.testkit.FakeEngine;

/** Cleaning up dead sessions on engines that answer whatever a test wants. */
class EngineRemoverTests {
    private static final String TOKEN = "0123456789abcdef";
    private static final String MARKER = "nomos-" + TOKEN + "-1";
    private static final String LISTED =
            "/containers/json?all=true&filters=%7B%22label%22%3A%5B%22org.junitnomos.marker%22%5D%7D";

    @TempDir
    Path directory;

    private SessionRoot root;
    private Path session;
    private @Nullable FakeEngine engine;

    @BeforeEach
    void makeADeadSession() throws IOException {
        root = new SessionRoot(directory.toRealPath().resolve("nomos"));
        root.create();
        var dead = new ProcessIdentity(1, "17-ffffffff-1"); // of another boot
        session = Files.createDirectory(root.session(dead.pid() + "." + dead.birth() + "." + TOKEN));
    }

    @AfterEach
    void stopTheEngine() throws IOException {
        if (engine != null) {
            engine.close();
        }
    }

    private FakeEngine serve(Function<String, @Nullable String> answers) throws IOException {
        var started = new FakeEngine(
                directory.resolve("d.sock"),
                request -> request.equals("GET /_ping") ? FakeEngine.answer(200, "OK") : answers.apply(request));
        engine = started;
        return started;
    }

    private String address() {
        return "unix://" + directory.resolve("d.sock");
    }

    private void plan(ResourceKind kind, String address, boolean created) throws IOException {
        try (var ledger = Ledger.create(session.resolve(SessionRoot.LEDGER))) {
            ledger.planned("run", kind, "thing at " + address, "nomos-" + TOKEN);
            if (created) {
                ledger.created(1);
            }
        }
    }

    private void sweep() throws Exception {
        new Sweep(root).all();
    }

    private static String container(String id, String marker) {
        return "{\"Id\":\"" + id + "\",\"Labels\":{\"" + Entry.MARKER_LABEL + "\":\"" + marker + "\"}}";
    }

    private void assertCleanedUp() throws IOException {
        assertThat(session).doesNotExist();
        assertThat(Files.readString(root.log())).contains("is cleaned up");
    }

    @Nested
    class WhatIsRemoved {
        @Test
        void isWhatHasTheMarkerAndNothingElse() throws Exception {
            var left = new AtomicInteger(1);
            var engine = serve(request -> {
                if (request.startsWith("DELETE ")) {
                    left.set(0);
                    return FakeEngine.answer(204, "");
                }
                String others = String.join(
                        ",",
                        container("prefix", MARKER + "0"),
                        container("shorter", "nomos-" + TOKEN),
                        container("upper", MARKER.toUpperCase()),
                        "{\"Id\":\"bare\",\"Labels\":null}",
                        "{\"Id\":\"other\",\"Labels\":{\"label\":\"" + MARKER + "\"}}");
                return FakeEngine.answer(
                        200, "[" + others + (left.get() == 1 ? "," + container("mine", MARKER) : "") + "]");
            });
            plan(ResourceKind.CONTAINER, address(), true);
            sweep();
            assertCleanedUp();
            assertThat(engine.requests().stream().filter(request -> request.startsWith("DELETE")))
                    .containsExactly("DELETE /containers/mine?force=true&v=true");
            assertThat(engine.requests()).contains("GET " + LISTED);
        }

        @Test
        void isANetworkOnlyWhenItsContainersAreGone() throws Exception {
            var tries = new AtomicInteger();
            var engine = serve(request -> {
                if (request.equals("DELETE /networks/n")) {
                    return tries.incrementAndGet() < 3
                            ? FakeEngine.answer(403, "{\"message\":\"network n has active endpoints\"}")
                            : FakeEngine.answer(204, "");
                }
                return FakeEngine.answer(200, tries.get() < 3 ? "[" + container("n", MARKER) + "]" : "[]");
            });
            plan(ResourceKind.NETWORK, address(), true);
            sweep();
            assertCleanedUp();
            assertThat(engine.requests())
                    .filteredOn("DELETE /networks/n"::equals)
                    .hasSize(3);
            assertThat(Files.readString(root.log()))
                    .contains("problem: java.io.IOException: the engine at " + address()
                            + " does not remove network n, status 403: network n has active endpoints");
        }

        @Test
        void isANetworkThatContainersOfOthersAreOn() throws Exception {
            var left = new AtomicInteger(1);
            var engine = serve(request -> {
                if (request.equals("GET /networks/n")) {
                    return FakeEngine.answer(200, "{\"Id\":\"n\",\"Containers\":{\"database\":{\"Name\":\"db\"}}}");
                }
                if (request.equals("DELETE /networks/n")) {
                    left.set(0);
                    return FakeEngine.answer(204, "");
                }
                return FakeEngine.answer(200, left.get() == 1 ? "[" + container("n", MARKER) + "]" : "[]");
            });
            plan(ResourceKind.NETWORK, address(), true);
            sweep();
            assertCleanedUp();
            assertThat(engine.requests()).containsSubsequence("POST /networks/n/disconnect", "DELETE /networks/n");
            assertThat(engine.requests()).noneMatch(request -> request.contains("/containers/"));
        }

        @Test
        void isAVolumeByItsName() throws Exception {
            var left = new AtomicInteger(1);
            var engine = serve(request -> {
                if (request.startsWith("DELETE ")) {
                    left.set(0);
                    return FakeEngine.answer(404, "{\"message\":\"somebody was faster\"}");
                }
                String volume = "{\"Name\":\"a b/c\",\"Labels\":{\"" + Entry.MARKER_LABEL + "\":\"" + MARKER + "\"}}";
                return FakeEngine.answer(200, "{\"Volumes\":" + (left.get() == 1 ? "[" + volume + "]" : "null") + "}");
            });
            plan(ResourceKind.VOLUME, address(), true);
            sweep();
            assertCleanedUp();
            assertThat(engine.requests()).contains("DELETE /volumes/a%20b%2Fc");
        }

        @Test
        void isAlsoAContainerThatAppearsAfterItsMakerDied() throws Exception {
            var lists = new AtomicInteger();
            var removed = new AtomicInteger();
            serve(request -> {
                if (request.startsWith("DELETE ")) {
                    removed.incrementAndGet();
                    return FakeEngine.answer(204, "");
                }
                boolean there = lists.incrementAndGet() > 3 && removed.get() == 0;
                return FakeEngine.answer(200, there ? "[" + container("late", MARKER) + "]" : "[]");
            });
            plan(ResourceKind.CONTAINER, address(), false);
            sweep();
            assertCleanedUp();
            assertThat(removed).hasValue(1);
        }

        @Test
        void isNotWaitedForIfItIsKnownToHaveExisted() throws Exception {
            var engine = serve(request -> FakeEngine.answer(200, "[]"));
            plan(ResourceKind.CONTAINER, address(), true);
            sweep();
            assertCleanedUp();
            assertThat(engine.requests()).containsExactly("GET /_ping", "GET " + LISTED);
        }
    }

    @Nested
    class AnEngineThatIsNoHelp {
        @Test
        void becauseItIsGoneIsAskedAgainAtTheNextStart() throws Exception {
            plan(ResourceKind.CONTAINER, address(), false);
            sweep();
            assertThat(session).isDirectory();
            assertThat(Files.readString(session.resolve(CleanupLog.NAME)))
                    .contains("there is no socket " + directory.resolve("d.sock"))
                    .contains("could not remove container 'thing at " + address() + "' of run");
            serve(request -> FakeEngine.answer(200, "[]"));
            sweep();
            assertCleanedUp();
        }

        @Test
        void becauseItIsGoneForAWeekIsGivenUp() throws Exception {
            plan(ResourceKind.CONTAINER, address(), true);
            Path ledger = session.resolve(SessionRoot.LEDGER);
            var written = Files.getLastModifiedTime(ledger).toInstant();
            Files.setLastModifiedTime(ledger, FileTime.from(written.minus(Duration.ofDays(8))));
            sweep();
            assertThat(session).doesNotExist();
            assertThat(Files.readString(root.log()))
                    .contains("gave up container 'thing at " + address()
                            + "', which could not be removed for 7 days: if it is still there, it has the label"
                            + " org.junitnomos.marker=" + MARKER)
                    .contains("is given up");
        }

        @Test
        void becauseItIsMuteIsAskedOnce() throws Exception {
            try (var mute = new FakeEngine(directory.resolve("d.sock"), request -> null)) {
                plan(ResourceKind.CONTAINER, address(), false);
                sweep();
                assertThat(mute.requests()).containsExactly("GET /_ping");
            }
            assertThat(session).isDirectory();
            assertThat(Files.readString(session.resolve(CleanupLog.NAME)))
                    .contains("the engine at " + address() + " does not answer within 3000 ms");
        }

        @Test
        void becauseItSpeaksTlsIsNotAsked() throws Exception {
            plan(ResourceKind.CONTAINER, "tls://127.0.0.1:2376", true);
            sweep();
            assertThat(session).isDirectory();
            assertThat(Files.readString(session.resolve(CleanupLog.NAME)))
                    .contains("the engine at tls://127.0.0.1:2376 cannot be asked without a library");
        }

        @Test
        void becauseTheLedgerNamesNoneIsLeft() throws Exception {
            plan(ResourceKind.CONTAINER, "nowhere", true);
            sweep();
            assertThat(Files.readString(session.resolve(CleanupLog.NAME)))
                    .contains("'nowhere' is no address of an engine that can be spoken to here");
        }
    }

    @Nested
    class AnEngineThatAnswersWrongly {
        private void assertQuoted(String answer, String quoted) throws IOException {
            var remover = new EngineRemover(ResourceKind.CONTAINER, new EngineReach());
            String name = "thing at " + address();
            var entries = List.of(new LedgerEntry(1, "run", "container", name, MARKER, true, null, false));
            var engine = serve(request -> answer);
            assertThatThrownBy(() -> remover.remove(entries))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the engine at " + address() + quoted);
            assertThatThrownBy(() -> remover.present(entries)).isInstanceOf(IOException.class);
            assertThat(remover.canRetry(entries.get(0))).isTrue();
            assertThat(engine.requests()).noneMatch(request -> request.startsWith("DELETE"));
        }

        @Test
        void withAnErrorIsQuoted() throws IOException {
            assertQuoted(
                    FakeEngine.answer(500, "{\"message\":\"database is locked\"}"),
                    " lists no container, status 500: database is locked");
        }

        @Test
        void withSomethingElseIsQuoted() throws IOException {
            assertQuoted(FakeEngine.answer(200, "{\"a\":1}"), " lists no container, but: {\"a\":1}");
        }

        @Test
        void withHalfAListIsQuoted() throws IOException {
            assertQuoted(
                    "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[{\"Id\"",
                    " cannot be understood: its answer ends 3 bytes early");
        }

        @Test
        void withTooMuchIsQuoted() throws IOException {
            assertQuoted(
                    "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n[",
                    " cannot be understood: its answer has more than 4000000 bytes");
        }
    }

    @Nested
    class TheLivingOwner {
        @Test
        void registersThingsOfAnEngineWithItsAddressOnly() {
            try (var living = Session.at(directory.resolve("living"))) {
                var scope = living.scope("run");
                assertThatThrownBy(() -> scope.register(ResourceKind.NETWORK, "data"))
                        .hasMessage("a network must be registered with its engine");
                assertThatThrownBy(() -> scope.registerAt(new EngineAddress(address()), ResourceKind.PORT, "1"))
                        .hasMessage("no engine has a port");
            }
        }

        @Test
        void labelsThemWithMarkerAndSession() {
            try (var living = Session.at(directory.resolve("living"))) {
                var entry = living.scope("run").registerAt(new EngineAddress(address()), ResourceKind.VOLUME, "state");
                assertThat(entry.labels())
                        .containsEntry("org.junitnomos.marker", entry.marker())
                        .containsEntry("org.junitnomos.session", living.id())
                        .hasSize(2);
                entry.released();
            }
        }

        @Test
        void isBelievedWhereNobodyElseCanBeAsked() {
            try (var living = Session.at(directory.resolve("living"))) {
                var scope = living.scope("run");
                var tls = new EngineAddress("tls://127.0.0.1:2376");
                scope.registerAt(tls, ResourceKind.CONTAINER, "validator-0").released();
                scope.registerAt(tls, ResourceKind.CONTAINER, "validator-1");
                assertThat(scope.settle())
                        .isEqualTo(
                                List.of("container 'validator-1 at tls://127.0.0.1:2376' may still be there: its engine"
                                        + " cannot be asked"));
            }
        }
    }
}
