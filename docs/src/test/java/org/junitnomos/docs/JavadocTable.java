package org.junitnomos.docs;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import javax.lang.model.element.Modifier;

/** What the Javadoc of a Java source says, as a table of Markdown. */
final class JavadocTable {
    private final JavadocSource source;
    private final StringJoiner rows = new StringJoiner("\n");

    private JavadocTable(JavadocSource source) {
        this.source = source;
    }

    /**
     * Makes a table.
     *
     * @param kind {@code methods} of the type; {@code fields} of the record; {@code constants} of the enum; {@code
     *     events}, records within the type that are one of it; {@code parts}, its other records
     */
    static String of(String kind, Path file) throws IOException {
        var table = new JavadocTable(JavadocSource.parse(file));
        var type = table.source.type();
        switch (kind) {
            case "methods" -> table.methods(type);
            case "fields" -> table.fields(type);
            case "constants" -> table.constants(type);
            case "events" -> table.records(type, true);
            case "parts" -> table.records(type, false);
            default -> throw new IllegalArgumentException("there is no table of '" + kind + "'");
        }
        return table.rows.toString();
    }

    private void head(String... titles) {
        row(titles);
        rows.add("| --- ".repeat(titles.length) + "|");
    }

    private void row(String... cells) {
        rows.add("| " + String.join(" | ", cells) + " |");
    }

    private void methods(ClassTree type) {
        head("call", "gives", "what it does");
        for (var member : members(type, Tree.Kind.METHOD)) {
            var method = (MethodTree) member;
            if (isShown(type, method.getModifiers()) && method.getReturnType() != null) {
                var parameters = new StringJoiner(", ", method.getName() + "(", ")");
                method.getParameters().forEach(parameter -> parameters.add(declared(parameter)));
                row(code(parameters.toString()), code(method.getReturnType().toString()), source.textOf(member));
            }
        }
    }

    private void fields(ClassTree type) {
        head("field", "type", "meaning");
        for (var field : components(type)) {
            row(
                    code(field.getName().toString()),
                    code(field.getType().toString()) + orNull(field),
                    source.parameter(type, field.getName().toString()));
        }
    }

    private void constants(ClassTree type) {
        head("constant", "in the journal file", "meaning");
        for (var member : members(type, Tree.Kind.VARIABLE)) {
            var name = ((VariableTree) member).getName().toString();
            row(code(name), code(name.toLowerCase(Locale.ROOT).replace('_', '-')), source.textOf(member));
        }
    }

    private void records(ClassTree type, boolean ofThatType) {
        if (ofThatType) {
            head("event", "in the journal file", "what happened", "fields");
        } else {
            head("part", "what it is", "fields");
        }
        for (var member : members(type, Tree.Kind.RECORD)) {
            var event = (ClassTree) member;
            boolean isOne = event.getImplementsClause().stream()
                    .anyMatch(shown -> shown.toString().contentEquals(type.getSimpleName()));
            if (isOne == ofThatType) {
                var name = event.getSimpleName().toString();
                var fields = new StringJoiner("<br>");
                components(event).stream()
                        .filter(field -> !field.getName().contentEquals("at"))
                        .forEach(field -> fields.add(field(event, field)));
                var names = ofThatType ? code(name) + " | " + code(kebab(name)) : code(name);
                row(names, source.mainTextOf(event), fields.toString());
            }
        }
    }

    private String field(ClassTree event, VariableTree field) {
        var meaning = source.parameter(event, field.getName().toString());
        return code(field.getType() + " " + field.getName())
                + orNull(field)
                + (meaning.isEmpty() ? "" : ": " + meaning);
    }

    private static String orNull(VariableTree field) {
        return field.getModifiers().toString().contains("@Nullable") ? " or null" : "";
    }

    private static List<? extends Tree> members(ClassTree type, Tree.Kind kind) {
        return type.getMembers().stream()
                .filter(member -> member.getKind() == kind)
                .toList();
    }

    /** Components are fields without {@code static}; an own field of a record always has it. */
    private static List<VariableTree> components(ClassTree type) {
        return members(type, Tree.Kind.VARIABLE).stream()
                .map(VariableTree.class::cast)
                .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
                .toList();
    }

    private static boolean isShown(ClassTree type, ModifiersTree modifiers) {
        boolean visible = type.getKind() == Tree.Kind.INTERFACE
                ? !modifiers.getFlags().contains(Modifier.PRIVATE)
                : modifiers.getFlags().contains(Modifier.PUBLIC);
        return visible && modifiers.getAnnotations().stream().noneMatch(JavadocTable::hides);
    }

    private static boolean hides(AnnotationTree annotation) {
        return annotation.toString().contains("Status.INTERNAL")
                || annotation.toString().contains("@Override");
    }

    private static String declared(VariableTree parameter) {
        return parameter.toString().replaceAll("@\\w+(\\(\\))?\\s+", "");
    }

    private static String code(String text) {
        return "`" + text.replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])", "") + "`";
    }

    /** The name of a kind of event in a journal. */
    private static String kebab(String name) {
        return name.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
