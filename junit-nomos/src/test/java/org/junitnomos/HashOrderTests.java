package org.junitnomos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that runs in the order of a run iterates a hash collection: it is only looked up. */
class HashOrderTests {

    private static final Path SOURCES = Path.of("src/main/java");

    /** Threads and sockets in real time: nothing there comes in the same order in every run. */
    private static final List<Path> IN_REAL_TIME = List.of(
            SOURCES.resolve("org/junitnomos/devnode/program"),
            SOURCES.resolve("org/junitnomos/time/RealTimeline.java"));

    @Test
    void nothingDependsOnTheOrderOfHashes() throws IOException {
        var found = new ArrayList<String>();
        for (var file : sources()) {
            HashOrderScan.of(Files.readString(file)).forEach(each -> found.add(SOURCES.relativize(file) + " " + each));
        }
        assertThat(found)
                .as("uses of hash collections that may depend on their order; take a LinkedHash or Tree collection")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for (var key : map.keySet()) {}",
                "map.forEach((key, value) -> {});",
                "map.entrySet().stream().toList();",
                "map.values().iterator().next();",
                "new java.util.ArrayList<>(set);",
                "for (var each : set) {}",
                "set.stream().findFirst();",
                "list.addAll(set);",
                "var other = set; for (var each : other) {}",
                "this.set.iterator();",
                "System.out.println(map);",
                "helper(set);",
                "nested.get(1).forEach(each -> {});",
                "var inner = nested.computeIfAbsent(1, key -> new HashSet<>()); for (var each : inner) {}",
                "ordered.computeIfAbsent(1, key -> new HashSet<>()); ordered.get(2).iterator();",
                "ordered.computeIfAbsent(1, key -> new HashSet<>()); ordered.values();",
                "list.stream().collect(java.util.stream.Collectors.toSet());",
                "java.util.function.Supplier<Set<Integer>> made = HashSet::new;",
            })
    void reportsWhatDependsOnTheOrder(String statement) throws IOException {
        assertThat(HashOrderScan.of(source(statement))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "map.put(1, 2);",
                "if (map.getOrDefault(1, 0) > 0 && set.contains(1)) { set.clear(); }",
                "map.merge(1, 1, Integer::sum);",
                "new java.util.HashSet<>(list).size();",
                "nested.computeIfAbsent(1, key -> new HashSet<>()).add(2);",
                "list.removeAll(set);",
                "for (var map : list) { System.out.println(map); }",
                "java.util.function.IntUnaryOperator same = set -> set;",
                "lookUp(set);",
                "map.values().removeIf(value -> value > 1);",
                "new A().set.addAll(set);",
                "ordered.computeIfAbsent(1, key -> new HashSet<>()); for (var key : ordered.keySet()) {}",
                "java.util.function.Function<Integer, Integer> look = map::get;",
            })
    void allowsWhatDoesNot(String statement) throws IOException {
        assertThat(HashOrderScan.of(source(statement))).isEmpty();
    }

    @Test
    void namesThePlace() throws IOException {
        assertThat(HashOrderScan.of(
                        "class A {\n\n    Object all() {\n        return new java.util.HashMap<>();\n    }\n}\n"))
                .containsExactly("line 004: new java.util.HashMap<>() is handed on");
        assertThat(HashOrderScan.of("class A {\n    java.util.Set<String> names = new java.util.HashSet<>();\n}\n"))
                .containsExactly("line 002: names is no private field");
    }

    /** A class with hash collections of which only the statement may do something wrong. */
    private static String source(String statement) {
        boolean helper = statement.startsWith("helper");
        return """
                class A {
                    private final Map<Integer, Integer> map = new HashMap<>();
                    private final Set<Integer> set = new HashSet<>();
                    private final Map<Integer, Set<Integer>> nested = new HashMap<>();
                    private final Map<Integer, Set<Integer>> ordered = new LinkedHashMap<>();
                    void test(List<Integer> list) {
                        nested.computeIfAbsent(0, key -> new HashSet<>()).add(1);
                        %s
                    }
                    private void lookUp(Set<Integer> some) {
                        some.add(1);
                    }
                    private void helper(Set<Integer> some) {
                        %s
                    }
                }
                """.formatted(statement, helper ? "some.forEach(each -> {});" : "");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> IN_REAL_TIME.stream().noneMatch(file::startsWith))
                    .sorted()
                    .toList();
        }
    }
}
