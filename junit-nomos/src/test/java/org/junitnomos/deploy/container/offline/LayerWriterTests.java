package org.junitnomos.deploy.container.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.program.Fingerprint;

class LayerWriterTests {
    @TempDir
    Path directory;

    private static List<TarArchiveEntry> entries(Path tar) throws IOException {
        var entries = new ArrayList<TarArchiveEntry>();
        try (var in = new TarArchiveInputStream(Files.newInputStream(tar))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static String line(TarArchiveEntry entry) {
        return "%o %d:%d[%s:%s] %s %d%s"
                .formatted(
                        entry.getMode(),
                        entry.getLongUserId(),
                        entry.getLongGroupId(),
                        entry.getUserName(),
                        entry.getGroupName(),
                        entry.getName(),
                        entry.getSize(),
                        entry.isSymbolicLink() ? " -> " + entry.getLinkName() : "");
    }

    private ImageLayer write(String name, Path tree) throws IOException {
        try (var writer = new LayerWriter(directory.resolve(name))) {
            return writer.directory("tmp", 01777, 0)
                    .directory("var/lib/nomos", 0755, 10001)
                    .text("etc/group", "root:x:0:\n")
                    .tree("opt/java", tree)
                    .finish();
        }
    }

    private Path tree(String name) throws IOException {
        Path tree = Files.createDirectories(directory.resolve(name));
        Path program =
                Files.writeString(Files.createDirectories(tree.resolve("bin")).resolve("java"), "program");
        Files.setPosixFilePermissions(program, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(
                Files.writeString(tree.resolve("release"), "17"),
                java.nio.file.attribute.PosixFilePermissions.fromString("r--------"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("bin/java"));
        return tree;
    }

    @Test
    void writesOwnersModesAndParentsAndNothingOfThisMachine() throws IOException {
        var layer = write("one.tar", tree("tree"));

        assertThat(entries(layer.tar()).stream().map(LayerWriterTests::line))
                .containsExactly(
                        "41777 0:0[:] tmp/ 0",
                        "40755 0:0[:] var/ 0",
                        "40755 0:0[:] var/lib/ 0",
                        "40755 10001:10001[:] var/lib/nomos/ 0",
                        "40755 0:0[:] etc/ 0",
                        "100644 0:0[:] etc/group 10",
                        "40755 0:0[:] opt/ 0",
                        "40755 0:0[:] opt/java/ 0",
                        "40755 0:0[:] opt/java/bin/ 0",
                        "100755 0:0[:] opt/java/bin/java 7",
                        "120777 0:0[:] opt/java/link 0 -> bin/java",
                        "100644 0:0[:] opt/java/release 2");
        assertThat(entries(layer.tar()))
                .allMatch(entry -> entry.getLastModifiedTime().equals(LayerWriter.TIME));
        assertThat(layer.size()).isEqualTo(Files.size(layer.tar()));
        assertThat(layer.digest())
                .isEqualTo(HexFormat.of().formatHex(Fingerprint.sha256().digest(Files.readAllBytes(layer.tar()))));
    }

    @Test
    void writesTheSameBytesForTheSameContent() throws IOException {
        Path later = tree("later");
        Files.setLastModifiedTime(later.resolve("release"), FileTime.fromMillis(1));

        var one = write("one.tar", tree("tree"));
        var other = write("other.tar", later);

        assertThat(other.digest()).isEqualTo(one.digest());
        assertThat(other.tar()).hasSameBinaryContentAs(one.tar());
    }

    @Test
    void leavesNothingBehindThatIsNotWhole() throws IOException {
        Path tar = directory.resolve("broken.tar");
        try (var writer = new LayerWriter(tar)) {
            writer.text("a", "a");
            assertThatThrownBy(() -> writer.file("b", directory.resolve("missing")))
                    .isInstanceOf(NoSuchFileException.class);
        }

        assertThat(directory).isEmptyDirectory();
    }
}
