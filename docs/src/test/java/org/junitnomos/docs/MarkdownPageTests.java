package org.junitnomos.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownPageTests {

    private static MarkdownPage page(String... lines) {
        return new MarkdownPage(Path.of("page.md"), List.of(lines));
    }

    @Test
    void findsASnippetUnderItsMarker() {
        var page = page(
                "Text", "<!-- snippet: samples/A.java #one -->", "", "```java", "int a;", "", "int b;", "```", "End");
        assertThat(page.snippets())
                .containsExactly(new MarkdownPage.Snippet("samples/A.java", "one", 2, 4, 7, "int a;\n\nint b;"));
    }

    @Test
    void takesAMarkerInsideAFenceForText() {
        assertThat(page("```markdown", "<!-- snippet: A.java #one -->", "```").snippets())
                .isEmpty();
    }

    @Test
    void replacesTheTextOfASnippetAndNothingElse() {
        var page = page("Text", "<!-- snippet: A.java #one -->", "```java", "old", "```", "End");
        assertThat(page.with(page.snippets().get(0), "new\nnewer").lines())
                .containsExactly("Text", "<!-- snippet: A.java #one -->", "```java", "new", "newer", "```", "End");
    }

    @Test
    void rejectsAMarkerWithoutAFence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> page("<!-- snippet: A.java #one -->", "Text").snippets())
                .withMessage("page.md line 1: the snippet marker '#one' must stand right above a fence (```)");
    }

    @Test
    void rejectsAFenceThatIsNeverClosed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> page("<!-- snippet: A.java #one -->", "```java", "int a;")
                        .snippets())
                .withMessage("page.md line 2: the fence is never closed");
    }

    @Test
    void findsLinksButNoneInCodeOrToTheOutside() {
        var page = page("See [a](a.md#top) and [b](https://example.org).", "`[c](c.md)`", "```", "[d](d.md)", "```");
        assertThat(page.links()).containsExactly(new MarkdownPage.Link("a.md#top", 1));
    }

    @Test
    void derivesAnchorsFromHeadings() {
        assertThat(page("## What's in `it`, then?").hasAnchor("whats-in-it-then"))
                .isTrue();
        assertThat(page("No heading").hasAnchor("no-heading")).isFalse();
    }

    @Test
    void cutsARegionToTheLeftMarginWithoutInnerMarkers() {
        var source = List.of(
                "class A {",
                "    // tag::one[]",
                "    int a;",
                "    // tag::two[]",
                "        int b;",
                "    // end::two[]",
                "    // end::one[]",
                "}");
        assertThat(SourceRegion.cut("A.java", "one", source)).isEqualTo("int a;\n    int b;");
    }

    @Test
    void namesTheMarkersARegionNeeds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SourceRegion.cut("A.java", "one", List.of("// end::one[]", "// tag::one[]")))
                .withMessage(
                        "A.java has no region 'one': expected the lines '// tag::one[]' and, below it, '// end::one[]'");
    }
}
