package benchmarks.driver;

import benchmarks.driver.WorkerJvm.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The containers of a deployment once more, as somebody starts them who has their image and configurations. */
final class PlainContainers {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String PROJECT = "nomos-benchmark";

    private final Path directory;
    private final List<String> compose;
    private final List<URI> nodes = new ArrayList<>();

    private PlainContainers(Path directory, List<String> compose) {
        this.directory = directory;
        this.compose = compose;
    }

    /** Finds Compose, which is installed from Debian's packages if that was asked for. */
    static Optional<PlainContainers> find(Bench bench) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(bench.scratch.resolve("compose"));
        for (var command : List.of(List.of("docker", "compose"), List.of("docker-compose"))) {
            try {
                var version = new ArrayList<>(command);
                version.add("version");
                Shell.run(directory, LIMIT, version);
                return Optional.of(new PlainContainers(directory, command));
            } catch (IOException e) {
                // the next one
            }
        }
        if (!bench.install) {
            System.out.println("  nothing is compared with Compose, which is not here, and --install would install");
            return Optional.empty();
        }
        Shell.run(directory, LIMIT, "apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=180", "update");
        Shell.run(
                directory,
                LIMIT,
                "apt-get",
                "-q",
                "-y",
                "-o",
                "DPkg::Lock::Timeout=180",
                "install",
                "--no-install-recommends",
                "docker-compose");
        return Optional.of(new PlainContainers(directory, List.of("docker-compose")));
    }

    String name() {
        return "`" + String.join(" ", compose) + "`";
    }

    /** Deploys nodes by this library, and writes down what containers and networks that made. */
    void copy(WorkerJvm worker, int count) throws IOException, InterruptedException {
        Set<String> there = ids();
        var deployed = worker.ask("deploy container " + count);
        var services = new TreeMap<String, String>();
        var networks = new TreeMap<String, String>();
        for (String id : ids()) {
            if (!there.contains(id)) {
                service(id, Path.of(deployed.text("directory")), services, networks);
            }
        }
        worker.ask("close");
        var text = new StringBuilder("version: \"2.4\"\nservices:\n");
        services.values().forEach(text::append);
        text.append("networks:\n");
        networks.values().forEach(text::append);
        Files.writeString(directory.resolve("docker-compose.yml"), text);
    }

    private Set<String> ids() throws IOException, InterruptedException {
        return new LinkedHashSet<>(DeployRows.docker(directory, "ps", "-q", "--filter", "name=nomos-validator-")
                .lines()
                .toList());
    }

    private void service(String id, Path deployed, TreeMap<String, String> services, TreeMap<String, String> networks)
            throws IOException, InterruptedException {
        String[] facts = DeployRows.docker(
                        directory,
                        "inspect",
                        "--format",
                        "{{.Config.Hostname}}|{{.Config.Image}}|{{json .Config.Entrypoint}}|{{json .Config.Cmd}}|"
                                + "{{range $name, $network := .NetworkSettings.Networks}}"
                                + "{{$name}}={{$network.IPAddress}} {{end}}",
                        id)
                .split("\\|");
        String node = facts[0];
        Path config = directory.resolve(node + ".yaml");
        Files.copy(
                deployed.resolve("nodes").resolve(node).resolve("config.yaml"),
                config,
                StandardCopyOption.REPLACE_EXISTING);
        var service = new StringBuilder("  " + node + ":\n    image: " + facts[1] + "\n    entrypoint: " + facts[2]
                + "\n    hostname: " + node + "\n    volumes: [\"" + config + ":/var/lib/nomos/config.yaml:ro\"]\n"
                + (facts[3].equals("null") ? "" : "    command: " + facts[3] + "\n")
                + "    ports: [\"127.0.0.1::8080\"]\n    networks:\n");
        for (String network : facts[4].strip().split(" ")) {
            String name = network.startsWith("nomos-data") ? "data" : "control";
            String address = network.substring(network.indexOf('=') + 1);
            service.append("      ")
                    .append(name)
                    .append(":\n        ipv4_address: ")
                    .append(address)
                    .append("\n");
            networks.put(name, network(name, network.substring(0, network.indexOf('='))));
            if (name.equals("data")) {
                nodes.add(URI.create("http://" + address + ":8080"));
            }
        }
        services.put(node, service.toString());
    }

    private String network(String name, String made) throws IOException, InterruptedException {
        String subnet = DeployRows.docker(
                directory, "network", "inspect", "--format", "{{range .IPAM.Config}}{{.Subnet}}{{end}}", made);
        return "  " + name + ":\n    internal: " + name.equals("data")
                + "\n    ipam:\n      config:\n        - subnet: " + subnet + "\n";
    }

    /** From nothing to ready, and away again. */
    Answer once() throws IOException, InterruptedException {
        try {
            double begin = System.nanoTime() / 1e9;
            compose("up", "-d");
            Answering.awaitPeers(nodes);
            return DeployRows.took(System.nanoTime() / 1e9 - begin);
        } finally {
            compose("down", "-v", "-t", "1");
        }
    }

    private void compose(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(compose);
        command.addAll(List.of("-p", PROJECT));
        command.addAll(List.of(arguments));
        Shell.run(directory, LIMIT, command);
    }
}
