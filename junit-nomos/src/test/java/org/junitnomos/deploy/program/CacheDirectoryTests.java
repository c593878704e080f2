package org.junitnomos.deploy.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
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

    @Test
    void isUsedBySeveralAtOnce() throws Exception {
        Path ours = kept("ours", Duration.ZERO);
        try (var timeline = new RealTimeline()) {
            var tasks = new ArrayList<Task>();
            for (int i = 0; i < 4; i++) {
                Path old = kept("old-" + i, Duration.ofDays(8));
                assertThat(old).exists();
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
