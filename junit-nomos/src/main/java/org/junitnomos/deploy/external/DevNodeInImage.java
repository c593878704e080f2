package org.junitnomos.deploy.external;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeKind;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodeSetup;

/**
 * Runs dev nodes from an image: they listen on all addresses of their container at the ports they are told, and write
 * their log to standard output.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class DevNodeInImage implements NodeCommand {
    private static final String EVERYWHERE = "0.0.0.0";
    private static final String STANDARD_OUTPUT = "-";
    private static final String STATE = "state";

    private final List<String> entryPoint;

    /**
     * Runs the program of an image.
     *
     * @param entryPoint program and arguments, without the path of the configuration
     */
    public DevNodeInImage(List<String> entryPoint) {
        this.entryPoint = List.copyOf(entryPoint);
    }

    @Override
    public String systemUnderTest() {
        return NodeKind.DEV_NODES;
    }

    @Override
    public Set<Capability> capabilities() {
        return all();
    }

    /** Says what dev nodes can do: faults of links, clocks and shares, membership, and nodes without rules. */
    public static Set<Capability> all() {
        return Collections.unmodifiableSet(EnumSet.of(
                Capability.MEMBERSHIP,
                Capability.PARTITION,
                Capability.LINK_QUALITY,
                Capability.BANDWIDTH,
                Capability.CLOCK_SKEW,
                Capability.SHARES,
                Capability.KINDER_NODES,
                Capability.DEFECTS));
    }

    @Override
    public boolean leasesPorts() {
        return true;
    }

    @Override
    public NodeLaunch launch(NodeSetup setup) throws IOException {
        var command = new ArrayList<>(entryPoint);
        command.add(setup.config().toString());
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("NOMOS_LOG_LEVEL", setup.logLevel().name());
        String text = new DevNodeConfigFile(STATE, EVERYWHERE, STANDARD_OUTPUT, null, false).text(setup);
        return new NodeLaunch(command, environment, List.of(), text, false);
    }

    @Override
    public String meaning(int exitCode) {
        return DevNodeExit.meaning(exitCode);
    }
}
