import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Reads what Surefire wrote about tests; every report below a directory counts.
 *
 * <pre>
 * java .ci/Reports.java slowest NUMBER DIRECTORY   the tests that took longest, with the step they ran in
 * java .ci/Reports.java skipped SECONDS DIRECTORY  fails unless there are tests in each of its directories,
 *                                                  all were skipped, each with a reason, and in that time
 * </pre>
 */
final class Reports {
    /** Anything that Surefire tells of: a test, or a class of which no test was tried. */
    record Test(String step, String name, double seconds, String skipped, boolean failed) {}

    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[2]);
        var tests = read(directory);
        switch (arguments[0]) {
            case "slowest" -> slowest(tests, Integer.parseInt(arguments[1]));
            case "skipped" -> System.exit(skipped(tests, directory, Integer.parseInt(arguments[1])) ? 0 : 1);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static List<Test> read(Path directory) throws Exception {
        var tests = new ArrayList<Test>();
        if (!Files.isDirectory(directory)) {
            return tests;
        }
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Reports::isReport).sorted().toList()) {
                read(file, directory.relativize(file).getName(0).toString(), tests);
            }
        }
        return tests;
    }

    private static boolean isReport(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("TEST-") && name.endsWith(".xml");
    }

    private static void read(Path file, String step, List<Test> tests) throws Exception {
        var found = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getElementsByTagName("testcase");
        for (int i = 0; i < found.getLength(); i++) {
            var test = (Element) found.item(i);
            var skipped = test.getElementsByTagName("skipped");
            String type = test.getAttribute("classname");
            String name = test.getAttribute("name");
            String seconds = test.getAttribute("time").replace(",", "");
            tests.add(new Test(
                    step,
                    type.substring(type.lastIndexOf('.') + 1) + (name.isEmpty() ? "" : "." + name),
                    seconds.isEmpty() ? 0 : Double.parseDouble(seconds),
                    skipped.getLength() == 0 ? null : reason((Element) skipped.item(0)),
                    test.getElementsByTagName("failure").getLength() + test.getElementsByTagName("error").getLength()
                            > 0));
        }
    }

    private static String reason(Element skipped) {
        String message = skipped.getAttribute("message");
        return (message.isBlank() ? skipped.getTextContent() : message).strip();
    }

    private static void slowest(List<Test> tests, int number) {
        tests.stream()
                .sorted(Comparator.comparingDouble(Test::seconds).reversed())
                .limit(number)
                .forEach(test -> System.out.printf(
                        Locale.ROOT, "%7.1f s  %s  (%s)%n", test.seconds(), test.name(), test.step()));
    }

    private static boolean skipped(List<Test> tests, Path directory, int limit) throws IOException {
        var wrong = new ArrayList<String>();
        for (var test : tests) {
            if (test.failed()) {
                wrong.add(test.name() + " failed, but was to be skipped with a reason");
            } else if (test.skipped() == null) {
                wrong.add(test.name() + " ran, but was to be skipped");
            } else if (test.skipped().isEmpty()) {
                wrong.add(test.name() + " was skipped without a reason");
            }
        }
        double seconds = tests.stream().mapToDouble(Test::seconds).sum();
        try (var runs = Files.list(directory)) {
            runs.map(run -> run.getFileName().toString())
                    .filter(run -> tests.stream().noneMatch(test -> test.step().equals(run)))
                    .forEach(run -> wrong.add("no test was skipped in run " + run + ": it found none"));
        }
        if (tests.isEmpty()) {
            wrong.add("no test was skipped: there are none");
        }
        if (seconds > limit) {
            wrong.add(String.format(Locale.ROOT, "skipping took %.0f s, expected at most %d s", seconds, limit));
        }
        wrong.forEach(System.out::println);
        tests.stream().map(Test::skipped).filter(reason -> reason != null).distinct().sorted().forEach(reason ->
                System.out.println("skipped: " + reason));
        System.out.printf(Locale.ROOT, "%d tests and classes, %d problems%n", tests.size(), wrong.size());
        return wrong.isEmpty();
    }
}
