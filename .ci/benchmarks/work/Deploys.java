package benchmarks.work;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.Deployment;

/** Validators on one backend in real time: from nothing to ready, and from ready to nothing. */
final class Deploys {
    private final Path scratch;
    private long seed;
    private Deployment deployed;
    private Tree.Timeline timeline;

    Deploys(Path scratch) {
        this.scratch = scratch;
    }

    /** From nothing to ready; what is deployed stays until {@link #close}. */
    Map<String, Object> deploy(String backend, int nodes) throws Exception {
        var deployer = ServiceLoader.load(Deployer.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.backend().equals(backend))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no backend " + backend + " on the class path"));
        Path directory = Files.createTempDirectory(scratch, backend + "-");
        timeline = Tree.timeline();
        double wall = System.nanoTime() / 1e9;
        double processor = Processors.own() + Processors.started();
        deployed = timeline.call(() -> deployer.deploy(timeline.request(nodes, seed++, directory)));
        var figures = new LinkedHashMap<String, Object>();
        figures.put("wall", System.nanoTime() / 1e9 - wall);
        figures.put("cpu", Processors.own() + Processors.started() - processor);
        var processes = Processors.with(directory.toString());
        figures.put("processes", processes.size());
        figures.put("rss", Processors.memory(processes, "Rss"));
        figures.put("pss", Processors.memory(processes, "Pss"));
        figures.put("directory", directory);
        figures.put(
                "urls",
                deployed.nodes().stream()
                        .map(node -> node.client().endpoint().api().toString())
                        .collect(Collectors.joining(" ")));
        figures.put("sut", deployed.systemUnderTest());
        keep(directory, processes);
        return figures;
    }

    /** Beside what the nodes have: how each was started, for somebody who starts it without this library. */
    private static void keep(Path directory, List<ProcessHandle> processes) throws IOException {
        for (var process : processes) {
            Path proc = Path.of("/proc", "" + process.pid());
            var command = list(proc.resolve("cmdline"));
            var started = directory.resolve("started-" + process.pid());
            Files.createDirectory(started);
            Files.write(started.resolve("command"), command);
            Files.write(started.resolve("environment"), list(proc.resolve("environ")));
        }
    }

    private static List<String> list(Path file) throws IOException {
        return new ArrayList<>(
                List.of(Files.readString(file, StandardCharsets.UTF_8).split("\0")));
    }

    /** From ready to nothing. */
    Map<String, Object> close() throws Exception {
        double wall = System.nanoTime() / 1e9;
        timeline.call(() -> {
            deployed.close(); // fails if anything is left
            return true;
        });
        var figures = Map.<String, Object>of("wall", System.nanoTime() / 1e9 - wall);
        timeline.close();
        return figures;
    }
}
