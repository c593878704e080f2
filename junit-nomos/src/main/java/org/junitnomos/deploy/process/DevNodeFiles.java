package org.junitnomos.deploy.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junitnomos.deploy.NodePorts;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.external.DevNodeConfigFile;

/** Writes the configuration of a dev node that is a child JVM, and reads the ports it publishes. */
final class DevNodeFiles {
    private static final String PORTS = "ports.json";
    private static final String STATE = "state";

    private static final ObjectMapper JSON = new ObjectMapper();

    private DevNodeFiles() {}

    static Path portsFile(NodeSetup setup) {
        return setup.directory().resolve(PORTS);
    }

    /** Writes the configuration; nodes bind whatever port is free, unless theirs are leased. */
    static String text(NodeSetup setup) throws IOException {
        return new DevNodeConfigFile(STATE, null, setup.log().toString(), PORTS, true).text(setup);
    }

    /** Reads what a node published. */
    static NodePorts readPorts(byte[] json) throws IOException {
        var ports = JSON.readTree(json);
        return new NodePorts(
                ports.path("host").asText(),
                ports.path("api").asInt(),
                ports.path("testing").asInt(),
                ports.path("peer").asInt());
    }
}
