package org.junitnomos.deploy.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.time.Task;

class CacheDirectoryTests {
    @TempDir
    Path cache;

    private Path kept(String name, Duration unusedFor) throws IOException {
        Path directory = Files.createDirectories(cache.resolve(name));
        Path mark = Files.createFile(directory.resolve("used"));
        Files.setLastModifiedTime(
                mark, FileTime.from(Files.getLastModifiedTime(mark).toInstant().minus(unusedFor)));
        return directory;
    }

    @Test
    void deletesWhatNobodyUsedForAWeekAndNothingElse() throws IOException {
        Path ours = kept("ours", Duration.ofDays(100));
        Path recent = kept("recent", Duration.ofDays(6));
        Path old = kept("old", Duration.ofDays(8));

        CacheDirectory.use(ours);

        assertThat(old).doesNotExist();
        assertThat(recent).exists();
        CacheDirectory.use(recent);
        assertThat(ours).exists();
    }

    private Path asked(String name) {
        return cache.resolve(name);
    }

    private Optional<Path> find(String... names) {
        return CacheDirectory.find(List.of(Arrays.stream(names).map(this::asked).toList()));
    }

    @Test
    void isMadeForItsUserAlone() throws IOException {
        assertThat(find("nomos-me", "nomos-me/cache")).hasValue(asked("nomos-me/cache"));

        for (String name : List.of("nomos-me", "nomos-me/cache")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(asked(name))))
                    .isEqualTo("rwx------");
        }
        assertThat(find("nomos-me", "nomos-me/cache")).isPresent();
    }

    @Test
    void whatOthersCouldWriteIsNotBelieved() throws IOException {
        for (String permissions : List.of("rwxrwx---", "rwx---rwx")) {
            Path shared = Files.createDirectories(asked("shared").resolve("cache"));
            Files.setPosixFilePermissions(shared.getParent(), PosixFilePermissions.fromString(permissions));

            assertThat(find("shared", "shared/cache")).isEmpty();
            assertThatExceptionOfType(PrivateDirectory.NotPrivateException.class)
                    .isThrownBy(() -> PrivateDirectory.create(shared.getParent()))
                    .withMessage(shared.getParent() + " can be written by others (" + permissions
                            + "), who may have put something there. Remove it");
        }
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(asked("elsewhere"));
        Files.createSymbolicLink(asked("link"), elsewhere);

        assertThat(find("link")).isEmpty();
        assertThat(find("link", "link/cache")).isEmpty();
        assertThat(elsewhere).isEmptyDirectory();
        assertThatExceptionOfType(PrivateDirectory.NotPrivateException.class)
                .isThrownBy(() -> PrivateDirectory.create(asked("link")))
                .withMessage(asked("link") + " is a link, or no directory. Remove it");
    }

    @Test
    void whatBelongsToSomebodyElseIsNotBelieved() throws IOException {
        Path other = Files.createDirectory(asked("other"));
        try {
            Files.setAttribute(other, "unix:uid", 4711);
        } catch (IOException e) {
            abort("only root can give a directory away");
        }

        assertThat(find("other")).isEmpty();
        assertThatExceptionOfType(PrivateDirectory.NotPrivateException.class)
                .isThrownBy(() -> PrivateDirectory.create(other))
                .withMessageMatching(".*/other belongs to 4711, expected \\S+\\. Remove it");
    }

    @Test
    void theNextPlaceIsTaken() throws IOException {
        Files.createFile(asked("file"));

        assertThat(CacheDirectory.find(List.of(List.of(asked("file")), List.of(asked("next")))))
                .hasValue(asked("next"));
    }

    @Test
    void isUsedBySeveralAtOnce() throws Exception {
        Path ours = kept("ours", Duration.ZERO);
        for (int i = 0; i < 4; i++) {
            assertThat(kept("old-" + i, Duration.ofDays(8))).exists();
        }
        try (var timeline = new RealTimeline()) {
            var tasks = new ArrayList<Task>();
            for (int i = 0; i < 4; i++) {
                tasks.add(timeline.spawn("use-" + i, () -> {
                    for (int turn = 0; turn < 50; turn++) {
                        CacheDirectory.use(ours);
                    }
                }));
            }
            for (var task : tasks) {
                assertThat(task.join(Duration.ofSeconds(50))).isTrue();
            }
        }

        assertThat(cache).isDirectoryContaining(path -> path.equals(ours));
        assertThat(cache.toFile().list()).containsExactly("ours");
    }
}
