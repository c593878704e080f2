package org.junitnomos.deploy.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of an engine about an image, and what becomes of its answers, on an engine that is none. */
class EngineImageTests {
    @TempDir
    Path directory;

    /** Of a registry: for the credentials of the usual one the library asks an engine that it finds by itself. */
    private static final String IMAGE = "images.example/nomos:1";

    private AnsweringEngine engine;

    @BeforeEach
    void connect() throws IOException {
        engine = new AnsweringEngine(directory);
    }

    @AfterEach
    void disconnect() {
        engine.close();
    }

    private void answerCreation() {
        engine.answer("POST /containers/create", 201, "{\"Id\":\"c1\",\"Warnings\":[]}");
        engine.answer("DELETE /containers/c1", 204, "");
    }

    /** Has an archive at a path: names, with texts, or with "-> " and what they lead to, or "" for a directory. */
    private void archive(String path, String... namesAndTexts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                String text = namesAndTexts[i + 1];
                boolean link = text.startsWith("-> ");
                var entry = link
                        ? new TarArchiveEntry(namesAndTexts[i], TarArchiveEntry.LF_SYMLINK)
                        : new TarArchiveEntry(namesAndTexts[i]);
                if (link) {
                    entry.setLinkName(text.substring(3));
                } else {
                    entry.setMode(0100755);
                    entry.setSize(text.length());
                }
                tar.putArchiveEntry(entry);
                tar.write(link ? new byte[0] : text.getBytes(StandardCharsets.US_ASCII));
                tar.closeArchiveEntry();
            }
        }
        engine.answer("GET /containers/c1/archive?" + path, 200, bytes.toByteArray());
    }

    private EngineImage image() {
        return new EngineImage(engine.connected, engine.scope(), 1 << 28, IMAGE, "image '" + IMAGE + "'", directory);
    }

    private Path target() throws IOException {
        return Files.createTempDirectory(directory, "target");
    }

    @Test
    void linksAreFollowed() throws IOException {
        answerCreation();
        archive("/opt/z", "z", "-> ../data/z/");
        archive("/data/z", "z/", "", "z/a", "-> b", "z/b", "-> /lib/b", "z/c", "c");
        archive("/data/z/a", "a", "-> b");
        archive("/data/z/b", "b", "-> /lib/b");
        archive("/lib/b", "b", "content");

        Path target = target();
        try (var image = image()) {
            image.copy(Path.of("/opt/z"), target);
        }

        assertThat(target.resolve("a")).hasContent("content").isExecutable();
        assertThat(target.resolve("b")).hasContent("content");
        assertThat(target.resolve("c")).hasContent("c");
        assertThat(engine.asked).contains("DELETE /containers/c1");
    }

    @Test
    void linksThatLeadToNoFileAreRefused() throws IOException {
        answerCreation();
        archive("/opt/z", "z/", "", "z/a", "-> gone");
        archive("/opt/z/a", "a", "-> gone");
        try (var image = image()) {
            assertThatIOException()
                    .isThrownBy(() -> image.copy(Path.of("/opt/z"), target()))
                    .withMessage(
                            "image '" + IMAGE + "' has the link /opt/z/a, which leads nowhere. Build it with the file");
            archive("/opt/z/gone", "gone/", "");
            assertThatIOException()
                    .isThrownBy(() -> image.copy(Path.of("/opt/z"), target()))
                    .withMessage(
                            "image '" + IMAGE + "' has the link /opt/z/a to the directory /opt/z/gone, which is not"
                                    + " copied with it. Build it with files there");
        }
    }

    @Test
    void anImageThatIsGoneIsNotOneWithoutTheFile() {
        engine.answer("POST /containers/create", 404, "{\"message\":\"No such image: " + IMAGE + "\"}");
        try (var image = image()) {
            assertThatIOException()
                    .isThrownBy(() -> image.open(Path.of("/usr/bin/nomos-node")))
                    .withMessage("no container to look into it can be created: No such image: " + IMAGE);
        }
    }

    private void answerRun(int exitCode, String output) {
        answerCreation();
        engine.answer("PUT /containers/c1/archive?/", 200, "");
        var frame = ByteBuffer.allocate(8 + output.length())
                .put(new byte[] {1, 0, 0, 0})
                .putInt(output.length())
                .put(output.getBytes(StandardCharsets.ISO_8859_1));
        engine.answer("POST /containers/c1/attach", 200, frame.array());
        engine.answer("POST /containers/c1/start", 204, "");
        engine.answer("POST /containers/c1/wait", 200, "{\"StatusCode\":" + exitCode + "}");
    }

    @Test
    void aProgramIsRunInAContainerThatGoes() throws Exception {
        answerRun(1, "Error: \u00ff");

        var ended = image().run(List.of("/usr/bin/nomos-node"), Map.of(), "a: b");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).isEqualTo("Error: \uFFFD");
        assertThat(engine.asked).endsWith("DELETE /containers/c1");
    }

    @Test
    void theContainerOfAProgramThatCannotBeRunGoesToo() {
        answerRun(1, "");
        engine.answer("POST /containers/c1/start", 500, "{\"message\":\"exec format error\"}");

        assertThatIOException()
                .isThrownBy(() -> image().run(List.of("/usr/bin/nomos-node"), Map.of(), "a: b"))
                .withMessage("[/usr/bin/nomos-node] of image '" + IMAGE + "' cannot be run: exec format error");

        assertThat(engine.asked).endsWith("DELETE /containers/c1");
        assertThat(directory).isDirectoryNotContaining("glob:**/check-config*");
    }
}
