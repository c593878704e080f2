package org.junitnomos.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import javax.tools.ToolProvider;

/** A Java source with its Javadoc, read by the compiler's own parser, the Javadoc as text of Markdown. */
final class JavadocSource {
    private final CompilationUnitTree unit;
    private final DocTrees trees;

    private JavadocSource(CompilationUnitTree unit, DocTrees trees) {
        this.unit = unit;
        this.trees = trees;
    }

    static JavadocSource parse(Path file) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(file.toFile()));
            var unit = task.parse().iterator().next();
            return new JavadocSource(unit, DocTrees.instance(task));
        }
    }

    /** The type that the file is named after. */
    ClassTree type() {
        return (ClassTree) unit.getTypeDecls().get(0);
    }

    /** All that is said of an element: its description, parameters, result and exceptions. */
    String textOf(Tree element) {
        var comment = commentOf(element);
        var text = new StringJoiner(" ");
        text.add(markdown(comment.getFullBody()));
        for (var tag : comment.getBlockTags()) {
            if (tag instanceof ParamTree parameter && !parameter.isTypeParameter()) {
                text.add("`" + parameter.getName() + "`: " + sentence(markdown(parameter.getDescription())));
            } else if (tag instanceof ReturnTree result) {
                text.add("Result: " + sentence(markdown(result.getDescription())));
            } else if (tag instanceof ThrowsTree thrown && !isInterrupt(thrown)) {
                text.add("`" + simple(thrown.getExceptionName().toString()) + "` "
                        + sentence(markdown(thrown.getDescription())));
            }
        }
        return text.toString().strip();
    }

    /** The description of an element alone. */
    String mainTextOf(Tree element) {
        return markdown(commentOf(element).getFullBody());
    }

    /** What is said of a parameter, or of a component of a record; empty if nothing is. */
    String parameter(Tree element, String name) {
        for (var tag : commentOf(element).getBlockTags()) {
            if (tag instanceof ParamTree parameter
                    && parameter.getName().getName().contentEquals(name)) {
                return markdown(parameter.getDescription());
            }
        }
        return "";
    }

    private DocCommentTree commentOf(Tree element) {
        var comment = trees.getDocCommentTree(TreePath.getPath(unit, element));
        if (comment == null) {
            throw new IllegalArgumentException(
                    "no Javadoc in " + unit.getSourceFile().getName() + " on " + element);
        }
        return comment;
    }

    /** Waits end by it; the page says so once. */
    private static boolean isInterrupt(ThrowsTree thrown) {
        return thrown.getExceptionName().toString().equals("InterruptedException");
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static String markdown(List<? extends DocTree> trees) {
        var text = new StringBuilder();
        trees.forEach(tree -> text.append(markdown(tree)));
        return text.toString().replaceAll("\\s+", " ").replace("|", "\\|").strip();
    }

    private static String markdown(DocTree tree) {
        if (tree instanceof TextTree text) {
            return text.getBody();
        }
        if (tree instanceof LiteralTree literal) {
            return "`" + literal.getBody().getBody().strip() + "`";
        }
        if (tree instanceof LinkTree link) {
            return link.getLabel().isEmpty()
                    ? "`" + simple(link.getReference().getSignature()) + "`"
                    : markdown(link.getLabel());
        }
        if (tree instanceof ReturnTree result) {
            return "Returns " + markdown(result.getDescription()) + ".";
        }
        if (tree instanceof StartElementTree start && start.getName().contentEquals("p")) {
            return " ";
        }
        if (tree instanceof EntityTree) {
            return tree.toString();
        }
        throw new IllegalArgumentException("the pages have no way to show " + tree.getKind() + ": " + tree);
    }

    /** {@code org.junitnomos.deploy.NodeHandle#url()} is {@code NodeHandle.url()}, parameters are left out. */
    private static String simple(String reference) {
        return reference
                .replaceAll("\\([^)]+\\)", "(…)")
                .replaceFirst("^#", "")
                .replaceFirst("^(?:[a-z]\\w*\\.)+", "")
                .replace('#', '.');
    }
}
