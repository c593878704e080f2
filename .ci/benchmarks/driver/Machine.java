package benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;

/** What everything was measured on, and what else it did then. */
final class Machine {
    private Machine() {}

    /** One sentence for a page. */
    static String told(String row) throws IOException {
        return String.format(
                Locale.ROOT,
                "Measured on %s by `.ci/benchmarks/run %s`: %s %s, %d processors (%s), %d GiB, load average before %s.",
                LocalDate.now(),
                row,
                System.getProperty("java.vm.name").startsWith("OpenJDK")
                        ? "OpenJDK"
                        : System.getProperty("java.vm.name"),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name"),
                Math.round(Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1048576.0),
                load());
    }

    /** Of the last minute. */
    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }

    private static String field(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
