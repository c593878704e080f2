package org.junitnomos.runner;

import java.nio.file.Path;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How one test is selected, and nothing else.
 *
 * @param type binary name of the class that has it
 * @param root binary name of the class that a build selects: the outermost one of nested classes
 * @param method its name; null for all tests of the class
 * @param id its unique id below the engine, as the setting {@code nomos.test} takes it
 * @param plain whether class and method select it and nothing else, so that the id is not needed
 * @param point the point of a sweep, as {@code nomos.sweep} takes it; null outside of one
 * @param classes where the root class was loaded from: a directory or an archive; null if unknown
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record TestSelection(
        String type,
        String root,
        @Nullable String method,
        String id,
        boolean plain,
        @Nullable String point,
        @Nullable Path classes) {
    public TestSelection {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(id, "id");
    }

    /** {@return the test for people: {@code Class#method}, without a package, and the point of a sweep} */
    @Override
    public String toString() {
        var name = method == null ? simple(type) : simple(type) + "#" + method;
        return ShellWord.of(name) + (point == null ? "" : " -Dnomos.sweep=" + point);
    }

    /** The test with all of its invocations, told from every other, also from one that another class inherits. */
    String owner() {
        return id.replaceAll("/\\[test-template-invocation:[^\\]]*\\].*", "")
                .replaceAll("\\[class-template-invocation:[^\\]]*\\]/", "");
    }

    static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
