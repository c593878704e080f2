package org.junitnomos.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCircuitsTests {
    private static final Path CIRCUITS = Path.of("/opt/circuits");

    @TempDir
    Path cache;

    private final Map<String, String> files =
            new TreeMap<>(Map.of("/opt/circuits/prover", "x", "/opt/circuits/VERSION", "v1"));
    private final List<String> asked = new ArrayList<>();
    private int open;

    private final class Image implements RealImage {
        @Override
        public String described() {
            return "image 'nomos:1'";
        }

        @Override
        public Optional<Opened> open(Path path) {
            asked.add(path.toString());
            String text = files.get(path.toString());
            if ("!".equals(text)) {
                throw new IllegalStateException("the engine is gone");
            }
            return text == null ? Optional.empty() : Optional.of(new Opened(false, true, content(text)));
        }

        private InputStream content(String text) {
            open++;
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)) {
                @Override
                public void close() {
                    open--;
                }
            };
        }

        @Override
        public void copy(Path path, Path target) throws IOException {
            Files.createDirectory(target);
            Files.writeString(target.resolve("witness_generator"), "x");
        }

        @Override
        public Ended run(List<String> command, Map<String, String> environment, String configuration) {
            throw new UnsupportedOperationException();
        }
    }

    private Path copy() throws IOException {
        return ImageCircuits.copy(new Image(), CIRCUITS, cache);
    }

    @Test
    void everyFileIsAskedForOnceAndClosed() throws IOException {
        Path copied = copy();

        assertThat(new CircuitFiles(copied).version()).isEqualTo("v1");
        assertThat(copied.resolve("prover")).isExecutable();
        assertThat(asked).containsExactly("/opt/circuits/prover", "/opt/circuits/VERSION");
        assertThat(open).isZero();
        assertThat(copy()).isEqualTo(copied);
        assertThat(asked).hasSize(2);
    }

    @Test
    void aReleaseNeedNotSayItsVersion() throws IOException {
        files.remove("/opt/circuits/VERSION");

        assertThat(new CircuitFiles(copy()).version()).isEmpty();
    }

    @Test
    void nothingIsLeftOfACopyThatFails() {
        files.put("/opt/circuits/VERSION", "!");
        assertThatIllegalStateException().isThrownBy(this::copy);
        files.remove("/opt/circuits/prover");
        assertThatIOException().isThrownBy(this::copy).withMessage("image 'nomos:1' has no file /opt/circuits/prover");

        assertThat(cache).isEmptyDirectory();
        assertThat(open).isZero();
    }
}
