package org.junitnomos.deploy.container.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.program.Fingerprint;
import org.junitnomos.deploy.program.ProgramClasses;
import org.junitnomos.testkit.TestLimit;

/** The image as a file, without an engine. */
@EnabledOnOs(OS.LINUX)
@TestLimit(300)
class DevNodeImageTests {
    private static final long MEBI = 1024 * 1024;

    @TempDir
    static Path caches;

    private static DevNodeImage image;

    @TempDir
    Path directory;

    @BeforeAll
    static void build() throws Exception {
        image = prepare("one");
    }

    private static DevNodeImage prepare(String cache) throws Exception {
        return DevNodeImage.prepare(new LayerCache(caches.resolve(cache)), ProgramClasses.ofDevNode());
    }

    private static Map<String, byte[]> files(InputStream archive) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        try (var in = new TarArchiveInputStream(archive)) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    private static List<TarArchiveEntry> entries(ImageLayer layer) throws IOException {
        var entries = new ArrayList<TarArchiveEntry>();
        try (var in = new TarArchiveInputStream(Files.newInputStream(layer.tar()))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Fingerprint.sha256().digest(bytes));
    }

    @Test
    void isWhatDockerSaveWrites() throws Exception {
        Path file = directory.resolve("image.tar");
        image.writeArchive(file);

        Map<String, byte[]> files = files(Files.newInputStream(file));
        var json = new ObjectMapper();
        JsonNode manifest = json.readTree(files.get("manifest.json")).get(0);
        assertThat(manifest.get("RepoTags")).hasToString("[\"" + image.reference() + "\"]");
        assertThat(image.reference())
                .isEqualTo("junit-nomos/dev-node:" + image.hash().substring(0, 12));
        byte[] config = files.get(manifest.get("Config").asText());
        assertThat(manifest.get("Config").asText()).isEqualTo(sha256(config) + ".json");
        var digests = new ArrayList<String>();
        json.readTree(config).at("/rootfs/diff_ids").forEach(digest -> digests.add(digest.asText()));
        var layers = new ArrayList<String>();
        manifest.get("Layers").forEach(layer -> layers.add("sha256:" + sha256(files.get(layer.asText()))));
        assertThat(layers).hasSize(3).isEqualTo(digests);
        assertThat(files).hasSize(5);
        assertThat(directory).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void takesLibrariesOfThisMachineAgainOnceTheyAreOthers() throws Exception {
        var cache = new LayerCache(caches.resolve("updated"));
        var before = RuntimeLayer.find(cache);
        assertThat(RuntimeLayer.find(cache)).isEqualTo(before);
        Path sources = before.directory().resolve("sources");
        assertThat(sources).content().contains("libc.so.6", "/bin/sh");
        Files.writeString(
                sources, Files.readString(sources).replaceAll("(?m)^\\S+ \\d+ (?=.*libc\\.)", "1970-01-01 1 "));

        var after = RuntimeLayer.find(cache);

        assertThat(after.directory()).isNotEqualTo(before.directory());
        assertThat(after.hash()).as("of the same content").isEqualTo(before.hash());
        assertThat(RuntimeLayer.find(cache)).isEqualTo(after);
    }

    @Test
    void runsAsNobodyInADirectoryOfItsOwn() throws Exception {
        var config = new ObjectMapper().readTree(image.config().json(image.architecture(), image.layers()));

        assertThat(config.at("/config/User").asText()).isEqualTo("10001:10001");
        assertThat(config.at("/config/WorkingDir").asText()).isEqualTo("/var/lib/nomos");
        assertThat(config.at("/config/Entrypoint/0").asText()).isEqualTo("/opt/java/bin/java");
        assertThat(image.config().entryPoint())
                .contains("-Xmx256m", "-XX:SharedArchiveFile=/app/dev-node.jsa")
                .endsWith("org.junitnomos.devnode.program.DevNodeMain");
        assertThat(config.at("/config/Labels/org.junitnomos.image").asText()).isEqualTo(image.hash());
        assertThat(config.at("/config/ExposedPorts").fieldNames())
                .toIterable()
                .containsExactly("8080/tcp", "8081/tcp", "3000/tcp");
        assertThat(config.at("/os").asText()).isEqualTo("linux");
    }

    @Test
    void holdsAJreLibrariesAndClassesAndIsSmall() throws Exception {
        var names = new LinkedHashMap<String, TarArchiveEntry>();
        for (var layer : image.layers()) {
            entries(layer).forEach(entry -> names.put(entry.getName(), entry));
        }

        assertThat(names)
                .containsKeys(
                        "opt/java/bin/java",
                        "opt/java/lib/server/classes.jsa",
                        "etc/passwd",
                        "etc/nsswitch.conf",
                        "app/dev-node.jar",
                        "app/dev-node.jsa");
        assertThat(names.keySet())
                .anyMatch(name -> name.matches("lib.*/ld-.*"))
                .filteredOn(name -> name.startsWith("bin/") || name.startsWith("usr/bin/"))
                .containsExactly("bin/", "bin/sh"); // the shell passes on signals in a pod
        assertThat(names.get("tmp/").getMode()).isEqualTo(041777);
        assertThat(names.get("var/lib/nomos/").getLongUserId()).isEqualTo(10001);
        assertThat(image.size()).isBetween(30 * MEBI, 90_000_000L);
    }

    @Test
    void isFoundAgainByteForByte() throws Exception {
        Path first = directory.resolve("first.tar");
        image.writeArchive(first);
        var times = new ArrayList<>();
        for (var layer : image.layers()) {
            times.add(Files.getLastModifiedTime(layer.tar()));
        }

        var again = prepare("one");

        assertThat(again).isEqualTo(image);
        for (int i = 0; i < times.size(); i++) {
            assertThat(Files.getLastModifiedTime(again.layers().get(i).tar())).isEqualTo(times.get(i));
        }
        Path second = directory.resolve("second.tar");
        again.writeArchive(second);
        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
    }

    /** Only archives of class data are not the same byte for byte: the JVM that dumps them does not see to it. */
    @Test
    void hasTheSameNameAndClassesWhereverItIsBuilt() throws Exception {
        var other = prepare("other");

        assertThat(other.reference()).isEqualTo(image.reference());
        assertThat(other.hash()).isEqualTo(image.hash());
        assertThat(other.config()).isEqualTo(image.config());
        assertThat(other.layers().get(1).digest())
                .isEqualTo(image.layers().get(1).digest());
        assertThat(entries(other.layers().get(0)).stream().map(TarArchiveEntry::getName))
                .isEqualTo(entries(image.layers().get(0)).stream()
                        .map(TarArchiveEntry::getName)
                        .toList());
    }

    @Test
    void lendsItsClassesToBaseImages() throws Exception {
        var kept = DevNodeApplication.find(new LayerCache(caches.resolve("one")), ProgramClasses.ofDevNode());
        var config = ImageConfig.onBaseImage();

        assertThat(entries(kept.layer()).stream().map(TarArchiveEntry::getName))
                .containsExactly("app/", "app/dev-node.jar", "var/", "var/lib/", "var/lib/nomos/");
        assertThat(kept.layer()).isEqualTo(image.layers().get(1));
        assertThat(config.entryPoint())
                .startsWith("java")
                .endsWith("-cp", "/app/dev-node.jar", "org.junitnomos.devnode.program.DevNodeMain")
                .noneMatch(word -> word.contains("SharedArchiveFile"));
        assertThat(config.user()).isEqualTo("10001:10001");
        assertThat(config.environment()).isEmpty();
    }

    @Test
    void looksUpNamesAnewWhenPeersComeBack() throws Exception {
        try (var in = new TarArchiveInputStream(
                Files.newInputStream(image.layers().get(0).tar()))) {
            var entry = in.getNextEntry();
            while (!entry.getName().equals("opt/java/conf/security/java.security")) {
                entry = in.getNextEntry();
            }
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("\nnetworkaddress.cache.ttl=1\nnetworkaddress.cache.negative.ttl=0\n");
        }
    }
}
