package org.junitnomos.jupiter;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** Run fixture classes on scripted backends, and tell how each test ended. */
final class NomosTestKit {
    private static final ClassLoader LOADER = ScriptedBackends.loader(NomosTestKit.class.getClassLoader());

    private final EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter");

    private NomosTestKit() {
        builder.configurationParameter("nomos.seed", "4711")
                .configurationParameter("nomos.requirements", "fail")
                .configurationParameter("nomos.strict", "false")
                .configurationParameter("nomos.progress", "off");
    }

    static NomosTestKit kit() {
        return new NomosTestKit();
    }

    static Outcome run(Class<?>... classes) {
        return kit().execute(classes);
    }

    static Outcome run(Class<?> type, String method) {
        return kit().execute(method(type, method));
    }

    /** Select a method by its name alone, whatever its parameters are. */
    static DiscoverySelector method(Class<?> type, String name) {
        var method = Arrays.stream(type.getDeclaredMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return DiscoverySelectors.selectMethod(type, method);
    }

    NomosTestKit with(String parameter, String value) {
        builder.configurationParameter(parameter, value);
        return this;
    }

    /** Take files that tests publish, in one directory a test. */
    NomosTestKit withOutput(Path directory) {
        builder.outputDirectoryCreator(new OutputDirectoryCreator() {
            private final AtomicInteger tests = new AtomicInteger();

            @Override
            public Path getRootDirectory() {
                return directory;
            }

            @Override
            public Path createOutputDirectory(TestDescriptor descriptor) throws IOException {
                return Files.createDirectories(directory.resolve(Integer.toString(tests.incrementAndGet())));
            }
        });
        return this;
    }

    Outcome execute(Class<?>... classes) {
        return execute(Arrays.stream(classes)
                .map(type -> (DiscoverySelector) selectClass(type))
                .toArray(DiscoverySelector[]::new));
    }

    Outcome execute(DiscoverySelector... selectors) {
        return withBackends(() -> new Outcome(builder.selectors(selectors).execute()));
    }

    /** Do something where the scripted backends are found, which begin with nothing. */
    static <T> T withBackends(Supplier<T> action) {
        ScriptedBackends.reset();
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(LOADER);
        try {
            return action.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** How the tests of one execution ended. */
    record Outcome(EngineExecutionResults results) {
        /** List every test and container that has a result worth telling: {@code "name PASSED"} and so on. */
        List<String> tests() {
            var lines = new ArrayList<String>();
            for (var event : results.testEvents().list()) {
                line(event, lines);
            }
            return lines;
        }

        List<String> containers() {
            var lines = new ArrayList<String>();
            for (var event : results.containerEvents().list()) {
                line(event, lines);
            }
            return lines;
        }

        /** Return what the only failed or aborted test, or container, with that display name threw. */
        Throwable failureOf(String name) {
            var failures = results.allEvents().finished().stream()
                    .filter(event -> event.getTestDescriptor().getDisplayName().startsWith(name))
                    .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                    .flatMap(result -> result.getThrowable().stream())
                    .toList();
            if (failures.size() != 1) {
                throw new AssertionError(
                        "expected one failure of '" + name + "' but was " + failures + " in " + tests() + containers());
            }
            return failures.get(0);
        }

        /** List the published files: {@code "test()/journal.jsonl"}. */
        List<String> files() {
            return results.allEvents()
                    .filter(event -> event.getType() == EventType.FILE_ENTRY_PUBLISHED)
                    .map(event -> event.getTestDescriptor().getDisplayName() + "/"
                            + event.getRequiredPayload(FileEntry.class)
                                    .getPath()
                                    .getFileName())
                    .toList();
        }

        List<Map<String, String>> reportEntries() {
            return results.allEvents().reportingEntryPublished().stream()
                    .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                    .toList();
        }

        private static void line(Event event, List<String> lines) {
            var name = event.getTestDescriptor().getDisplayName();
            if (event.getType() == EventType.SKIPPED) {
                lines.add(name + " SKIPPED " + event.getRequiredPayload(String.class));
            } else if (event.getType() == EventType.FINISHED) {
                lines.add(name + " "
                        + event.getRequiredPayload(TestExecutionResult.class).getStatus());
            }
        }
    }
}
