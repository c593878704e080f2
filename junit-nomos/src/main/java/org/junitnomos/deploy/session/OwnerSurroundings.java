package org.junitnomos.deploy.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What a test JVM finds its clusters and credentials by: its environment and its system properties. The reaper gets
 * them through a pipe and keeps them in memory, because secrets may be among them.
 *
 * @param environment variables
 * @param properties system properties
 */
record OwnerSurroundings(Map<String, String> environment, Map<String, String> properties) {
    private static final String VARIABLE = "variable.";
    private static final String PROPERTY = "property.";
    private static final String DIRECTORY = "user.dir";

    /** They would make another JVM what this one is: a process of somebody's session, or one with agents. */
    private static final List<String> OWN =
            List.of(Entry.VARIABLE, "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    OwnerSurroundings {
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    static OwnerSurroundings ofThisJvm() {
        var properties = new TreeMap<String, String>();
        for (var name : System.getProperties().stringPropertyNames()) {
            properties.put(name, System.getProperty(name, ""));
        }
        return of(System.getenv(), properties);
    }

    /** Takes what means the same in another JVM. */
    static OwnerSurroundings of(Map<String, String> environment, Map<String, String> properties) {
        var variables = new TreeMap<>(environment);
        OWN.forEach(variables::remove);
        var others = new TreeMap<>(properties);
        others.keySet().removeIf(name -> name.startsWith("java.") && !name.startsWith("java.net."));
        return new OwnerSurroundings(variables, others);
    }

    static OwnerSurroundings read(InputStream input) throws IOException {
        var lines = new Properties();
        lines.load(input);
        return new OwnerSurroundings(beginning(VARIABLE, lines), beginning(PROPERTY, lines));
    }

    private static Map<String, String> beginning(String prefix, Properties lines) {
        var found = new TreeMap<String, String>();
        for (var name : lines.stringPropertyNames()) {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), lines.getProperty(name, ""));
            }
        }
        return found;
    }

    void write(OutputStream output) throws IOException {
        var lines = new Properties();
        environment.forEach((name, value) -> lines.setProperty(VARIABLE + name, value));
        properties.forEach((name, value) -> lines.setProperty(PROPERTY + name, value));
        lines.store(output, null);
    }

    /** Gives a process to be the environment, and the working directory if that is still there. */
    void surround(ProcessBuilder process) {
        process.environment().clear();
        process.environment().putAll(environment);
        Path directory = Path.of(properties.getOrDefault(DIRECTORY, "/"));
        if (Files.isDirectory(directory)) {
            process.directory(directory.toFile());
        }
    }

    /** Gives this JVM the properties that it does not have by itself. */
    void complete(Properties own) {
        properties.forEach(own::putIfAbsent);
    }
}
