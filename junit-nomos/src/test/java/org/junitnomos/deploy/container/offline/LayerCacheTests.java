package org.junitnomos.deploy.container.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.program.Fingerprint;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.time.Task;

class LayerCacheTests {
    private final AtomicInteger made = new AtomicInteger();

    @TempDir
    Path root;

    private LayerCache.Kept find(String content) throws Exception {
        return new LayerCache(root).find("some", new Fingerprint().add(content), (directory, layer) -> {
            made.incrementAndGet();
            layer.text("content", content);
            return "hash of " + content;
        });
    }

    @Test
    void makesALayerOnceForTheSameKey() throws Exception {
        var first = find("a");

        assertThat(find("a")).isEqualTo(first);
        assertThat(made).hasValue(1);
        assertThat(first.hash()).isEqualTo("hash of a");
        assertThat(first.layer().tar()).hasParent(first.directory()).isRegularFile();
        assertThat(find("b").layer().digest()).isNotEqualTo(first.layer().digest());
        assertThat(made).hasValue(2);
    }

    @Test
    void makesADamagedOneAgain() throws Exception {
        var first = find("a");
        byte[] whole = Files.readAllBytes(first.layer().tar());

        Files.write(first.layer().tar(), new byte[] {1});
        assertThat(find("a").layer()).isEqualTo(first.layer());
        Files.delete(first.layer().tar());
        assertThat(find("a").layer()).isEqualTo(first.layer());
        Files.write(first.directory().resolve("layer.properties"), new byte[] {(byte) 0xff, '\\', 'u', 'x'});
        assertThat(find("a").layer()).isEqualTo(first.layer());

        assertThat(made).hasValue(4);
        assertThat(first.layer().tar()).hasBinaryContent(whole);
    }

    @Test
    void severalAtOnceMakeOne() throws Exception {
        try (var timeline = new RealTimeline()) {
            var results = new LayerCache.Kept[4];
            var tasks = new ArrayList<Task>();
            for (int i = 0; i < results.length; i++) {
                int number = i;
                tasks.add(timeline.spawn("find-" + i, () -> results[number] = find("a")));
            }
            for (var task : tasks) {
                assertThat(task.join(Duration.ofMinutes(1))).isTrue();
            }

            assertThat(made).hasValue(1);
            assertThat(List.of(results)).containsOnly(results[0]);
        }
    }

    @Test
    void tellsWhatToDoWhenThereIsNoRoom() {
        var key = new Fingerprint().add("a");

        assertThatThrownBy(() -> new LayerCache(root).find("some", key, (directory, layer) -> {
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(ImageException.class)
                .hasMessageMatching("The image of dev nodes cannot be built in " + root + "/some-[0-9a-f]{20}:"
                        + " java.io.IOException: No space left on device. Make room there, or point the environment"
                        + " variable XDG_CACHE_HOME elsewhere.");
        assertThat(root.toFile().listFiles()).hasSize(1);
        assertThat(root.toFile().listFiles()[0].list()).containsExactlyInAnyOrder("lock", "used");
    }

    @Test
    void tellsHowToHaveAPlaceToKeepThings() {
        assertThatThrownBy(() -> LayerCache.in(Optional.empty()))
                .isInstanceOf(ImageException.class)
                .hasMessage("There is no place to keep the image of dev nodes in: none of $XDG_CACHE_HOME, ~/.cache and"
                        + " the directory for temporary files can be written. Point the environment variable"
                        + " XDG_CACHE_HOME to a directory with 300 MB of room.");
    }
}
