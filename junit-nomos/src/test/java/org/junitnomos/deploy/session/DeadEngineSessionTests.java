package org.junitnomos.deploy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.container.Engine;
import org.junitnomos.deploy.container.Engines;
import org.junitnomos.deploy.engine.EngineAddress;
import org.junitnomos.testkit.ChildJvm;
import org.junitnomos.testkit.NeedsDocker;
import org.junitnomos.testkit.TinyImage;

/** What becomes of the containers, networks and volumes of a JVM that was killed with SIGKILL. */
@NeedsDocker
class DeadEngineSessionTests {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration BEFORE = Duration.ofSeconds(60);
    private static final String FOREIGN = "org.junitnomos.tests.foreign";

    @TempDir
    Path directory;

    private final String foreign = UUID.randomUUID().toString();
    private EngineAddress address;
    private EngineThings things;
    private Path root;
    private ChildJvm child;
    private String id;

    @BeforeEach
    void startAChildBesideForeignThings() throws Exception {
        var engine = Engine.find();
        address = Objects.requireNonNull(engine.address());
        things = new EngineThings(Engines.connect(engine));
        TinyImage.provide(things.client());
        things.network(foreignLabels(), "foreign-" + foreign);
        things.volume(foreignLabels(), "foreign-" + foreign);
        things.runningContainer(foreignLabels(), "foreign-" + foreign, "foreign-" + foreign);
        root = directory.toRealPath().resolve("nomos");
        child = ChildJvm.start(directory, List.of(), List.of(EngineSessionChild.class.getName(), root.toString()));
        id = child.await("session ");
        child.await("ready");
        await().atMost(BEFORE).until(() -> Reapers.of(id).size() == 1);
        assertThat(things.containers(Entry.SESSION_LABEL, id)).hasSize(3);
        assertThat(things.networks(Entry.SESSION_LABEL, id)).hasSize(1);
        assertThat(things.volumes(Entry.SESSION_LABEL, id)).hasSize(1);
    }

    /** Like ours, but with the marker of somebody else. */
    private Map<String, String> foreignLabels() {
        return Map.of(FOREIGN, foreign, Entry.MARKER_LABEL, "nomos-" + foreign + "-1");
    }

    @AfterEach
    void removeWhatIsLeft() throws Exception {
        try (var client = things.client()) {
            child.close();
            Reapers.of(id).forEach(ProcessHandle::destroyForcibly);
            things.removeAll(Entry.SESSION_LABEL, id);
            things.removeAll(FOREIGN, foreign);
        }
    }

    private void assertNothingIsLeft() {
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(things.containers(Entry.SESSION_LABEL, id)).isEmpty();
            assertThat(things.networks(Entry.SESSION_LABEL, id)).isEmpty();
            assertThat(things.volumes(Entry.SESSION_LABEL, id)).isEmpty();
        });
        await().atMost(BEFORE).untilAsserted(() -> assertThat(Reapers.of(id)).isEmpty());
    }

    private void assertNothingForeignIsTouched() {
        var container = things.containers(FOREIGN, foreign);
        assertThat(container).hasSize(1);
        assertThat(things.client()
                        .inspectContainerCmd(container.get(0))
                        .exec()
                        .getState()
                        .getRunning())
                .isTrue();
        assertThat(things.networks(FOREIGN, foreign)).hasSize(1);
        assertThat(things.volumes(FOREIGN, foreign)).hasSize(1);
    }

    /** The volumes that the containers of the session have without a name. */
    private List<String> anonymousVolumes() {
        return things.containers(Entry.SESSION_LABEL, id).stream()
                .flatMap(container -> things.client().inspectContainerCmd(container).exec().getMounts().stream())
                .map(mount -> mount.getName())
                .filter(name -> !name.startsWith("nomos-"))
                .toList();
    }

    @Test
    void theReaperRemovesEverythingAndSaysSo() throws Exception {
        var anonymous = anonymousVolumes();
        assertThat(anonymous).hasSize(3);
        child.kill();
        assertNothingIsLeft();
        assertNothingForeignIsTouched();
        var all = things.client().listVolumesCmd().exec().getVolumes();
        assertThat(all.stream().map(volume -> volume.getName())).doesNotContainAnyElementsOf(anonymous);
        assertThat(Files.readString(root.resolve("cleanup.log")))
                .contains("session " + id + " is dead")
                .contains("removed container 'validator-0 at " + address + "' of run")
                .contains("removed container 'validator-1 at " + address + "' of run")
                .contains("removed container 'validator-2 at " + address + "' of run")
                .contains("removed network 'data at " + address + "' of run")
                .contains("removed volume 'state at " + address + "' of run")
                .contains("session " + id + " is cleaned up")
                .doesNotContain("problem");
    }

    @Test
    void theNextStartRemovesWhatAKilledReaperCouldNot() throws Exception {
        Reapers.of(id).forEach(ProcessHandle::destroyForcibly);
        await().atMost(BEFORE).until(() -> Reapers.of(id).isEmpty());
        child.kill();
        assertThat(things.containers(Entry.SESSION_LABEL, id)).hasSize(3);
        try (var next = Session.at(root)) {
            next.scope("next").register(ResourceKind.PROCESS, "none").released();
            assertNothingIsLeft();
        }
        assertNothingForeignIsTouched();
    }

    @Test
    void aSessionThatLivesIsNotTouched() throws Exception {
        try (var living = Session.at(root)) {
            var scope = living.scope("living");
            var entry = scope.registerAt(address, ResourceKind.VOLUME, "state");
            things.volume(entry.labels(), entry.marker());
            entry.created();
            child.kill();
            assertNothingIsLeft();
            new Sweep(new SessionRoot(root)).all();
            assertThat(things.volumes(Entry.MARKER_LABEL, entry.marker())).containsExactly(entry.marker());
            assertThat(scope.settle())
                    .containsExactly("volume 'state at " + address + "' was still there (removed now)");
            assertThat(things.volumes(Entry.MARKER_LABEL, entry.marker())).isEmpty();
            assertThat(living.endIfUnused()).isTrue();
        }
    }
}
