import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Runs tests that fail, then each command that a failure prints to replay it, as it stands, and compares: the same
 * tests must fail with the same messages, seed included, and nothing else may run.
 *
 * <pre>
 * java .ci/Replays.java DIRECTORY WHICH COMMAND...
 * </pre>
 *
 * <p>DIRECTORY is where reports of Surefire and Failsafe are found, in any depth. WHICH is a pattern for what is
 * replayed, found in {@code class#test: message}, and {@code .} for all of it; each of its parts between {@code ;}
 * must be found. Prints a table, and exits with 1 unless all of it holds.
 */
final class Replays {
    private static final Pattern REPLAY = Pattern.compile("replay: (.*?)(?:; evidence: .*)?$", Pattern.MULTILINE);

    /** Runs that span a class are replayed with all of its tests: they share a cluster. */
    private static final Pattern WHOLE_CLASS = Pattern.compile("-Dtest='?[\\w.$]+'? (?!-Dnomos.test)");

    /** A test, without the numbers of invocations, which begin anew when one of them is run alone. */
    record Test(String type, String name, String status, String message, String replay) {
        String place() {
            return (type + "#" + name).replaceAll("\\[\\d+]", "");
        }

        boolean is(String pattern) {
            return Pattern.compile(pattern).matcher(toString()).find();
        }

        boolean isFailed() {
            return status.equals("failure") || status.equals("error");
        }

        @Override
        public String toString() {
            return place() + ": " + (isFailed() ? message : status);
        }
    }

    private final Path reports;
    private final Path log;

    private Replays(Path reports) throws IOException {
        this.reports = reports;
        this.log = Files.createTempFile("replays", ".txt");
    }

    public static void main(String[] arguments) throws Exception {
        var replays = new Replays(Path.of(arguments[0]));
        boolean sound = replays.check(
                List.of(arguments[1].split(";")), List.of(arguments).subList(2, arguments.length));
        Files.delete(replays.log);
        System.exit(sound ? 0 : 1);
    }

    private boolean check(List<String> which, List<String> command) throws Exception {
        var failed = run(command).stream().filter(Test::isFailed).toList();
        boolean sound = true;
        for (var part : which) {
            if (failed.stream().noneMatch(test -> test.is(part))) {
                System.out.println("No test fails as '" + part + "':\n" + Files.readString(log));
                sound = false;
            }
        }
        var commands = new LinkedHashMap<String, List<Test>>();
        for (var test : failed) {
            commands.computeIfAbsent(test.replay(), replay -> new ArrayList<>()).add(test);
        }
        int replayed = 0;
        for (var entry : commands.entrySet()) {
            if (which.stream().anyMatch(part -> entry.getValue().stream().anyMatch(test -> test.is(part)))) {
                sound &= holds(entry.getKey(), entry.getValue());
                replayed++;
            }
        }
        System.out.printf("%n%d of %d replays%s%n", replayed, commands.size(), sound ? "" : ", NOT ALL SOUND");
        return sound && replayed > 0;
    }

    private boolean holds(String replay, List<Test> recorded) throws Exception {
        System.out.println("\n" + (replay.isEmpty() ? "NO REPLAY" : replay));
        recorded.forEach(test -> System.out.println("  recorded  " + test));
        if (replay.isEmpty()) {
            return false;
        }
        var ran = run(List.of("sh", "-c", replay)).stream()
                .filter(test -> !test.status().equals("skipped"))
                .toList();
        ran.forEach(test -> System.out.println("  replayed  " + test));
        var places = recorded.stream().map(Test::place).collect(Collectors.toSet());
        boolean alone =
                WHOLE_CLASS.matcher(replay).find() || ran.stream().allMatch(test -> places.contains(test.place()));
        boolean same = failures(recorded).equals(failures(ran));
        System.out.println(same && alone ? "  the same" : same ? "  BESIDE OTHERS" : "  NOT THE SAME");
        if (!same) {
            System.out.println(Files.readString(log));
        }
        return same && alone;
    }

    private static Set<String> failures(List<Test> tests) {
        return tests.stream().filter(Test::isFailed).map(Test::toString).collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Test> run(List<String> command) throws Exception {
        for (var file : files()) {
            Files.delete(file);
        }
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"))
                .start()
                .waitFor();
        var tests = new ArrayList<Test>();
        for (var file : files()) {
            read(file, tests);
        }
        return tests;
    }

    private List<Path> files() throws IOException {
        try (var files = Files.walk(reports)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .sorted()
                    .toList();
        }
    }

    private static void read(Path file, List<Test> tests) throws Exception {
        var found = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getElementsByTagName("testcase");
        for (int i = 0; i < found.getLength(); i++) {
            tests.add(read((Element) found.item(i)));
        }
    }

    private static Test read(Element test) {
        for (var status : List.of("failure", "error", "skipped")) {
            var elements = test.getElementsByTagName(status);
            if (elements.getLength() > 0) {
                var element = (Element) elements.item(0);
                var replay = REPLAY.matcher(element.getTextContent());
                return test(test, status, element.getAttribute("message"), replay.find() ? replay.group(1) : "");
            }
        }
        return test(test, "passed", "", "");
    }

    private static Test test(Element test, String status, String message, String replay) {
        var first = message.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        return new Test(test.getAttribute("classname"), test.getAttribute("name"), status, first, replay);
    }
}
