package org.junitnomos.ends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.container.Engine;
import org.junitnomos.deploy.session.ResourceKind;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.journal.JournalEvent.PhaseStarted;
import org.junitnomos.journal.JournalReader;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.testkit.ChildJvm;
import org.junitnomos.testkit.ForeignContainer;
import org.junitnomos.testkit.Unmet;

/**
 * Kills test JVMs with SIGKILL at random points of every phase, some of them after their reaper, and looks whether
 * anything is left 10 s later (15 s with containers), while another session runs on in the same places.
 *
 * <p>{@code -Dcampaign.crash.backend=container} does so with containers, beside a foreign one.
 */
@Tag("campaign")
class CrashCampaignTests {
    private static final int ROUNDS = Integer.getInteger("campaign.crash.rounds", 20);
    private static final long SEED = Long.getLong("campaign.crash.seed", System.nanoTime() % 1_000_000);
    private static final String BACKEND = System.getProperty("campaign.crash.backend", "process");
    private static final boolean CONTAINERS = BACKEND.equals("container");
    /** No promise: a guard against a victim that hangs, on a machine that has much else to do. */
    private static final Duration LATEST = Duration.ofMinutes(5);

    private static final Duration LIMIT = Duration.ofSeconds(CONTAINERS ? 15 : 10);

    private static final int JOURNAL_DEPTH = 3;

    private static final long ROUND_SEEDS = 1_000_003;

    /** In one of so many rounds the reaper is killed first, so that the next start must clean up. */
    private static final int REAPER_KILLED = 4;

    /** How long each phase takes, about: the kill comes at a random point of that. */
    private static final Map<RunPhase, Integer> MILLIS = new EnumMap<>(Map.of(
            RunPhase.BUILD, 900,
            RunPhase.DEPLOY, CONTAINERS ? 2500 : 1200,
            RunPhase.CAPTURE, 400,
            RunPhase.DRIVE, 1500,
            RunPhase.EVALUATE, 400,
            RunPhase.CLEANUP, CONTAINERS ? 600 : 60));

    @TempDir
    Path directory;

    private final Map<RunPhase, Integer> hits = new EnumMap<>(RunPhase.class);
    private final List<Long> millis = new ArrayList<>();

    private Path shared() {
        return directory.resolve("shared");
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void nothingIsLeftWhereverATestJvmIsKilled() throws Exception {
        System.out.println(
                "crash campaign: " + ROUNDS + " rounds on backend " + BACKEND + ", -Dcampaign.crash.seed=" + SEED);
        if (CONTAINERS) {
            String missing = Engine.needed().missing();
            if (missing != null) {
                throw Unmet.unmet("needs Docker: " + missing);
            }
            try (var foreign = new ForeignContainer()) {
                allRounds();
                assertThat(foreign.isUntouched()).as("a foreign container").isTrue();
            }
        } else {
            allRounds();
        }
    }

    private void allRounds() throws Exception {
        Path stop = directory.resolve("stop");
        try (var bystander = new TestJvm(directory.resolve("bystander"), shared()).with("nomos.backend", BACKEND)) {
            bystander.with("crash.stop", stop.toString());
            var child = bystander.start(CrashTestCase.Bystander.class);
            child.await("driving ");
            String token = token(bystander);
            for (int round = 1; round <= ROUNDS; round++) {
                round(round, token);
            }
            Files.createFile(stop);
            assertThat(child.awaitLine(line -> line.startsWith("ended isNotTouched")))
                    .isEqualTo("ended isNotTouched(RunContext) SUCCESSFUL ");
            child.await("launcher ended");
            assertThat(child.awaitEnd()).isZero();
            bystander.assertNothingIsLeft();
            if (CONTAINERS) {
                assertThat(new EngineLeftovers().of(child.pid() + ".")).isEmpty();
            }
        }
        Collections.sort(millis);
        System.out.println("crash campaign: " + ROUNDS + " rounds, nothing left; killed in " + hits
                + "; clean after a median of " + millis.get(millis.size() / 2) + " ms, at most "
                + millis.get(millis.size() - 1) + " ms");
        assertThat(hits).as("phases that were hit").hasSize(ROUNDS < 2 * MILLIS.size() ? hits.size() : MILLIS.size());
    }

    /** The last part of the name of its one session, which its leases carry. */
    private static String token(TestJvm jvm) throws IOException {
        String name = jvm.sessions().get(0).getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private void round(int number, String bystander) throws Exception {
        var phase = RunPhase.values()[number % RunPhase.values().length];
        var random = new Random(SEED * ROUND_SEEDS + number);
        int delay = random.nextInt(MILLIS.get(phase));
        boolean reaperFirst = random.nextInt(REAPER_KILLED) == 0;
        try (var victim = new TestJvm(directory.resolve("round-" + number), shared()).with("nomos.backend", BACKEND)) {
            var child = victim.start(CrashTestCase.Victim.class);
            awaitPhase(victim, child, phase);
            child.process().waitFor(delay, TimeUnit.MILLISECONDS);
            if (reaperFirst) {
                reapers(victim, child).forEach(ProcessHandle::destroyForcibly);
            }
            child.process().destroyForcibly();
            long killed = System.nanoTime();
            child.awaitEnd();
            if (reaperFirst) {
                nextStart();
            }
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(LIMIT)
                    .ignoreExceptionsMatching(CrashCampaignTests::isRaceWithTheCleanup)
                    .untilAsserted(() -> assertNothingIsLeft(victim, child, bystander));
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
            var hit = phase(victim);
            hits.merge(hit, 1, Integer::sum);
            millis.add(took);
            System.out.println("round " + number + ": killed " + delay + " ms into " + phase + " (hit " + hit + ")"
                    + (reaperFirst ? ", reaper first" : "") + ", clean after " + took + " ms");
        } catch (AssertionError | Exception e) {
            throw new AssertionError(
                    "round " + number + " of -Dcampaign.crash.seed=" + SEED + ": " + delay + " ms into " + phase
                            + (reaperFirst ? ", reaper killed first" : "") + ": " + e,
                    e);
        }
    }

    /** A file may vanish between the look at its directory and the look at itself. */
    private static boolean isRaceWithTheCleanup(Throwable failure) {
        return failure instanceof IOException || failure instanceof UncheckedIOException;
    }

    private static void awaitPhase(TestJvm victim, ChildJvm child, RunPhase phase) {
        if (phase != RunPhase.BUILD) {
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(LATEST)
                    .until(() -> phase(victim).compareTo(phase) >= 0
                            || !child.process().isAlive());
        }
    }

    /** The phase that a run is in, or was in when it was killed; BUILD before it has a journal. */
    private static RunPhase phase(TestJvm victim) throws IOException {
        if (!Files.isDirectory(victim.runs())) {
            return RunPhase.BUILD;
        }
        try (Stream<Path> files = Files.walk(victim.runs(), JOURNAL_DEPTH)) {
            var journal = files.filter(file -> file.endsWith("journal.jsonl")).findFirst();
            if (journal.isEmpty() || Files.size(journal.get()) == 0) {
                return RunPhase.BUILD;
            }
            return JournalReader.read(journal.get()).events().stream()
                    .filter(PhaseStarted.class::isInstance)
                    .map(event -> ((PhaseStarted) event).phase())
                    .reduce((earlier, later) -> later)
                    .orElse(RunPhase.BUILD);
        } catch (UncheckedIOException | NoSuchFileException e) {
            return RunPhase.BUILD; // the run writes there just now
        }
    }

    private static List<ProcessHandle> reapers(TestJvm victim, ChildJvm child) throws IOException {
        var ids = victim.sessions().stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> name.startsWith(child.pid() + "."))
                .toList();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(arguments -> List.of(arguments).stream().anyMatch(ids::contains))
                        .orElse(false))
                .toList();
    }

    /** Start a session in the same place, as the next test JVM would. */
    private void nextStart() {
        Path root = shared().resolve("nomos-" + System.getProperty("user.name"));
        try (var next = Session.at(root)) {
            next.scope("next").register(ResourceKind.PROCESS, "none").released();
        }
    }

    private void assertNothingIsLeft(TestJvm victim, ChildJvm child, String bystander) throws IOException {
        assertThat(victim.processes()).as("processes").isEmpty();
        assertThat(victim.sessions())
                .as("sessions")
                .noneMatch(path -> path.getFileName().toString().startsWith(child.pid() + "."));
        if (CONTAINERS) {
            assertThat(new EngineLeftovers().of(child.pid() + "."))
                    .as("on the engine")
                    .isEmpty();
        }
        for (Path lease : victim.leases()) {
            assertThat(Files.readString(lease, StandardCharsets.ISO_8859_1)).contains(bystander);
        }
        try (Stream<Path> left = Files.list(shared())) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .as("temporary directory")
                    .allMatch(CrashCampaignTests::isOfNoRun);
        }
    }

    /** What sessions share, and what the JDK and JNA keep in a temporary directory for themselves. */
    private static boolean isOfNoRun(String name) {
        return name.startsWith("nomos-") || name.startsWith("hsperfdata") || CONTAINERS && name.startsWith("jna-");
    }
}
