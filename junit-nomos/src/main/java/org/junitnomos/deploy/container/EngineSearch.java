package org.junitnomos.deploy.container;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.engine.EngineAddress;

/**
 * Lists where an engine may listen, in the order in which Testcontainers looks, without a class of its.
 *
 * @param environment variables of this process
 * @param home directory of the user
 * @param systemSocket where engines listen by default
 */
record EngineSearch(Map<String, String> environment, Path home, Path systemSocket) {

    static EngineSearch here() {
        return new EngineSearch(
                System.getenv(), Path.of(System.getProperty("user.home", "/")), Path.of(EngineAddress.DEFAULT.path()));
    }

    /**
     * What was found.
     *
     * @param addresses to be tried in that order
     * @param chosenBy the setting that names the only address; null if there is none, and the usual places are tried
     */
    record Found(List<EngineAddress> addresses, @Nullable String chosenBy) {
        Found {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Finds the addresses at which an engine may listen.
     *
     * @throws IllegalArgumentException if a setting names something that is no address; says which
     */
    Found find() {
        var properties = properties();
        for (String name : List.of("tc.host", "docker.host")) {
            String host = properties.getProperty(name);
            if (host != null && !host.isBlank()) {
                boolean tls = isTls(properties.getProperty("docker.tls.verify"));
                return chosen(host, tls, name + " in " + home.resolve(".testcontainers.properties"));
            }
        }
        String host = environment.get("DOCKER_HOST");
        if (host != null && !host.isBlank()) {
            return chosen(host, isTls(environment.get("DOCKER_TLS_VERIFY")), "DOCKER_HOST");
        }
        return new Found(usual(), null);
    }

    private static boolean isTls(@Nullable String setting) {
        return setting != null && List.of("1", "true", "yes", "on").contains(setting.strip());
    }

    private static Found chosen(String host, boolean tls, String by) {
        try {
            return new Found(List.of(EngineAddress.parse(host, tls)), by);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(by + ": " + e.getMessage(), e);
        }
    }

    /** The system's socket, the one of a rootless engine, those of Docker Desktop. */
    private List<EngineAddress> usual() {
        var paths = new LinkedHashSet<Path>();
        paths.add(systemSocket);
        String runtime = environment.get("XDG_RUNTIME_DIR");
        if (runtime != null && runtime.startsWith("/")) {
            paths.add(Path.of(runtime, "docker.sock"));
        }
        paths.add(home.resolve(".docker/run/docker.sock"));
        paths.add(home.resolve(".docker/desktop/docker.sock"));
        var addresses = new ArrayList<EngineAddress>();
        for (Path path : paths) {
            if (path.isAbsolute() && (Files.exists(path) || path.equals(systemSocket))) {
                addresses.add(new EngineAddress("unix://" + path));
            }
        }
        if (Files.exists(Path.of("\\\\.\\pipe\\docker_engine"))) {
            addresses.add(0, new EngineAddress("npipe:////./pipe/docker_engine"));
        }
        return addresses;
    }

    private Properties properties() {
        var properties = new Properties();
        Path file = home.resolve(".testcontainers.properties");
        if (Files.isReadable(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                properties.clear(); // Testcontainers passes over what it cannot read, too
            }
        }
        return properties;
    }
}
