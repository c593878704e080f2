package org.junitnomos.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A page in one file: markup, style and script of this library, and data that the script shows. A browser runs and
 * loads nothing but that script, known by its hash: the data cannot become code, whatever a node or a test has put
 * into it.
 */
final class HtmlPage {
    static final String DATA = "<script type=\"application/json\" class=\"data\">";
    static final String END_OF_DATA = "</script>";

    private final String head;

    private HtmlPage(String markup, String style, String script) {
        this.head = markup.replace("/*style*/", style)
                .replace("/*script*/", script)
                .replace(
                        "{csp}",
                        "default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'sha256-" + hash(script)
                                + "'; style-src 'sha256-" + hash(style) + "'");
    }

    /** A page of some scripts of this library, which run in their order as one. */
    static HtmlPage of(String markup, String... scripts) {
        String script = Arrays.stream(scripts).map(HtmlPage::resource).collect(Collectors.joining("\n"));
        return new HtmlPage(resource(markup), resource("page.css"), script);
    }

    private static String resource(String name) {
        try (var in = HtmlPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " of the report is missing in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + name, e);
        }
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** {@return everything before the data} */
    String head() {
        return head;
    }

    /** Writes data as one element of a page; what follows may be another one, or nothing. */
    static void writeData(Writer out, @Nullable Object data) throws IOException {
        out.write(DATA);
        ScriptJson.write(out, data);
        out.write(END_OF_DATA);
        out.write('\n');
    }

    /** Writes a page whole or not at all: readers never see half of one. */
    void write(Path file, Map<String, @Nullable Object> data) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try {
            try (var out = new BufferedWriter(
                    new OutputStreamWriter(Files.newOutputStream(draft), StandardCharsets.UTF_8), 1 << 16)) {
                out.write(head);
                writeData(out, data);
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            drop(draft, e);
            throw e;
        }
    }

    private static void drop(Path draft, Exception primary) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            primary.addSuppressed(e);
        }
    }
}
