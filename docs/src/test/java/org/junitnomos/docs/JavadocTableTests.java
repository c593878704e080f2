package org.junitnomos.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavadocTableTests {
    @TempDir
    Path directory;

    private String table(String kind, String source) throws IOException {
        return JavadocTable.of(kind, Files.writeString(directory.resolve("A.java"), source));
    }

    @Test
    void tellsOfMethodsWhatTheirJavadocSays() throws IOException {
        assertThat(table("methods", """
                        interface A {
                            /**
                             * Waits for {@code this|that…},
                             * see {@link java.util.List#of(Object)} and {@linkplain #b the other}.
                             *
                             * <p>May block.
                             *
                             * @param limit longest wait
                             * @param names whose
                             * @return what came
                             * @throws IllegalStateException if closed
                             * @throws InterruptedException if interrupted
                             */
                            @Nullable java.util.List<String> a(@Nullable Duration limit, String... names) throws X;

                            /** {@return the height} */
                            long b();

                            /** Not for users. */
                            @API(status = API.Status.INTERNAL)
                            void c();
                        }
                        """)).isEqualTo("""
                        | call | gives | what it does |
                        | --- | --- | --- |
                        | `a(Duration limit, String... names)` | `List<String>` | Waits for `this\\|that…`, see `List.of(…)` \
                        and the other. May block. `limit`: longest wait. `names`: whose. Result: what came. \
                        `IllegalStateException` if closed. |
                        | `b()` | `long` | Returns the height. |""");
    }

    @Test
    void tellsEventsFromTheirParts() throws IOException {
        var source = """
                interface A {
                    /**
                     * Something was seen.
                     *
                     * @param since when, in nanoseconds
                     */
                    record TipSeen(long at, @Nullable String node, long since) implements A {
                        TipSeen {}
                    }

                    /** A part. */
                    record Part(long value) {}
                }
                """;
        assertThat(table("events", source)).isEqualTo("""
                        | event | in the journal file | what happened | fields |
                        | --- | --- | --- | --- |
                        | `TipSeen` | `tip-seen` | Something was seen. | `String node` or null<br>`long since`: when, in nanoseconds |""");
        assertThat(table("parts", source)).endsWith("| `Part` | A part. | `long value` |");
    }

    @Test
    void tellsOfConstantsAndFields() throws IOException {
        assertThat(table("constants", "enum A { /** Is up. */ API_READY, /** Is not. */ DEAD; int x() { return 1; } }"))
                .endsWith("| `API_READY` | `api-ready` | Is up. |\n| `DEAD` | `dead` | Is not. |");
        assertThat(table("fields", "/**\n * B.\n *\n * @param c a sum\n */\nrecord A(long c) { static int d; }"))
                .isEqualTo("| field | type | meaning |\n| --- | --- | --- |\n| `c` | `long` | a sum |");
    }

    @Test
    void namesWhatHasNoJavadoc() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table("methods", "interface A { int b(); }"))
                .withMessageContaining("no Javadoc in ")
                .withMessageContaining("int b()");
    }
}
