package org.junitnomos.deploy.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.time.Threads;

/** Sweeping sessions that tests write by hand, as if their JVM had died. */
class SweepTests {
    private static final String TOKEN = "0123456789abcdef";
    private static final String MARKER = "nomos-" + TOKEN + "-";

    @TempDir
    Path directory;

    private SessionRoot root;

    @BeforeEach
    void makeTheRoot() throws IOException {
        root = new SessionRoot(directory.toRealPath().resolve("nomos"));
        root.create();
    }

    /** A pid that somebody has, with a birth that is not his. */
    private static ProcessIdentity dead() {
        return new ProcessIdentity(ProcessHandle.current().pid(), "1" + birthPlace());
    }

    private static String birthPlace() {
        String birth = ProcessIdentity.current().birth();
        int dash = birth.indexOf('-');
        return dash < 0 ? "" : birth.substring(dash);
    }

    private static String id(ProcessIdentity owner) {
        return owner.pid() + "." + owner.birth() + "." + TOKEN;
    }

    private Path session(String name) throws IOException {
        return Files.createDirectory(root.session(name));
    }

    private static Ledger ledger(Path session) throws IOException {
        return Ledger.create(session.resolve(SessionRoot.LEDGER));
    }

    private void sweep() throws Exception {
        new Sweep(root, Duration.ZERO).all();
    }

    @Nested
    class WhoIsDead {
        @Test
        void aLivingOwnerKeepsItsSession() throws Exception {
            var session = session(id(ProcessIdentity.current()));
            sweep();
            assertThat(session).isDirectory();
        }

        @Test
        void anOwnerWhosePidSomebodyElseHasNowIsDead() throws Exception {
            var session = session(id(dead()));
            sweep();
            assertThat(session).doesNotExist();
        }

        @Test
        void anOwnerOfAnotherBootIsDead() throws Exception {
            var session = session(id(new ProcessIdentity(1, "17-ffffffff-1")));
            sweep();
            assertThat(session).doesNotExist();
        }

        @Test
        void nobodyJudgesAnOwnerInAnotherContainer() throws Exception {
            String boot = birthPlace().split("-")[1];
            var session = session(id(new ProcessIdentity(1, "17-" + boot + "-1")));
            sweep();
            assertThat(session).isDirectory();
        }

        @Test
        void aClaimOfTheLivingIsRespected() throws Exception {
            var mine = ProcessIdentity.current();
            var session = session(id(dead()) + "~" + mine.pid() + "." + mine.birth());
            sweep();
            assertThat(session).isDirectory();
        }

        @Test
        void whatSomebodyElseCouldNotCleanUpIsTriedAgain() throws Exception {
            var mine = ProcessIdentity.current();
            var claimed = session(id(dead()) + "~" + mine.pid() + "." + mine.birth());
            var free = root.session(id(dead()));
            var reaper = Threads.daemon("reaper", () -> {
                try {
                    new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
                    Files.move(claimed, free);
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            reaper.start();

            new Sweep(root, Duration.ofSeconds(30)).all();

            reaper.join();
            assertThat(free).doesNotExist();
        }

        @Test
        void aClaimOfTheDeadIsTakenOver() throws Exception {
            var session = session(id(dead()) + "~" + dead().pid() + "." + dead().birth());
            sweep();
            assertThat(session).doesNotExist();
        }

        @Test
        void whatIsNoSessionStaysWhereItIs() throws Exception {
            var foreign = session("photos");
            sweep();
            assertThat(foreign).isDirectory();
        }
    }

    @Nested
    class WhatIsLeftAlone {
        @Test
        void aKindOfANewerVersionIsLeftAndNamed() throws Exception {
            var session = session(id(dead()));
            Files.writeString(session.resolve(SessionRoot.LEDGER), line("planned\t1\trun\tnamespace\tnomos-7\tm-1"));
            sweep();
            assertThat(session).isDirectory();
            assertThat(session.resolve(CleanupLog.NAME))
                    .content()
                    .contains("left namespace 'nomos-7': this version does not know the kind 'namespace'. Marker: m-1");
        }

        @Test
        void aProcessWithAnotherBirthIsNotKilled() throws Exception {
            var innocent = new ProcessBuilder("sleep", "600").start();
            var session = session(id(dead()));
            try (var ledger = ledger(session)) {
                ledger.planned("run", ResourceKind.PROCESS, "validator-0", "nomos-" + TOKEN);
                ledger.created(1, new ProcessIdentity(innocent.pid(), "1" + birthPlace()));
            }
            sweep();
            assertThat(innocent.isAlive()).isTrue();
            innocent.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
            assertThat(session).doesNotExist();
        }

        @Test
        void aDirectoryWithoutTheMarkerIsNotDeleted() throws Exception {
            var precious = Files.createDirectory(directory.resolve("precious"));
            planDirectory(precious);
            sweep();
            assertThat(precious).isDirectory();
        }

        @Test
        void aDirectoryWithTheMarkerOfAnotherIsNotDeleted() throws Exception {
            var precious = Files.createDirectory(directory.resolve("precious"));
            Files.writeString(precious.resolve(MarkedDirectory.MARKER_FILE), MARKER + "2\n");
            planDirectory(precious);
            sweep();
            assertThat(precious).isDirectory();
        }

        @Test
        void aLinkInThePlaceOfADirectoryIsNotFollowed() throws Exception {
            var precious = Files.createDirectory(directory.resolve("precious"));
            Files.writeString(precious.resolve(MarkedDirectory.MARKER_FILE), MARKER + "1\n");
            var link = Files.createSymbolicLink(directory.resolve("state"), precious);
            planDirectory(link);
            sweep();
            assertThat(precious.resolve(MarkedDirectory.MARKER_FILE)).isRegularFile();
        }

        @Test
        void aLinkInsideIsDeletedButWhatItPointsToStays() throws Exception {
            var precious = Files.createDirectory(directory.resolve("precious"));
            Files.writeString(precious.resolve("photo"), "x");
            var state = Files.createDirectory(directory.resolve("state"));
            Files.writeString(state.resolve(MarkedDirectory.MARKER_FILE), MARKER + "1\n");
            Files.createSymbolicLink(state.resolve("link"), precious);
            planDirectory(state);
            sweep();
            assertThat(state).doesNotExist();
            assertThat(precious.resolve("photo")).isRegularFile();
        }

        @Test
        void aLeaseThatSomebodyElseHasNowStays() throws Exception {
            var lease = Files.writeString(root.ports().resolve("20001"), "nomos-ffffffffffffffff-1\n");
            try (var ledger = ledger(session(id(dead())))) {
                ledger.planned("run", ResourceKind.PORT, "20001", "nomos-" + TOKEN);
            }
            sweep();
            assertThat(lease).isRegularFile();
        }

        private void planDirectory(Path path) throws IOException {
            try (var ledger = ledger(session(id(dead())))) {
                ledger.planned(
                        "run", ResourceKind.DIRECTORY, path.toAbsolutePath().toString(), "nomos-" + TOKEN);
            }
        }
    }

    @Test
    void removesADirectoryThatWasAboutToGetItsName() throws Exception {
        Path draft = root.directory().resolveSibling(".state." + MARKER + "1");
        Files.createDirectory(draft);
        Path state = root.directory().resolveSibling("state");
        try (var ledger = ledger(session(id(dead())))) {
            ledger.planned("run", ResourceKind.DIRECTORY, state.toString(), "nomos-" + TOKEN);
        }
        sweep();
        assertThat(draft).doesNotExist();
    }

    @Test
    void removesWhatATornLedgerStillTells() throws Exception {
        var session = session(id(dead()));
        Path lease = Files.writeString(root.ports().resolve("20001"), MARKER + "1\n");
        try (var ledger = ledger(session)) {
            ledger.planned("run", ResourceKind.PORT, "20001", "nomos-" + TOKEN);
        }
        SmallFiles.append(session.resolve(SessionRoot.LEDGER), "planned\t2\trun\tproc");
        sweep();
        assertThat(lease).doesNotExist();
        assertThat(root.log()).content().contains("1 lines of its ledger are torn or of a newer version");
    }

    private static String line(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return text + "\t" + "%08x".formatted(crc.getValue()) + "\n";
    }
}
