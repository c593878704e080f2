package org.junitnomos.samples;

import java.util.ArrayList;
import java.util.List;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.Requirement;

/**
 * Runs a node program of one's own; {@code -Dnomos.process.command=org.junitnomos.samples.OwnNodeCommand} chooses it.
 */
// tag::own-node[]
public final class OwnNodeCommand implements NodeCommand {
    private static final String PROGRAM = System.getenv().getOrDefault("MY_NODE_BIN", "");

    @Override
    public String systemUnderTest() {
        return "my node";
    }

    @Override
    public Requirement requirement() {
        return PROGRAM.isEmpty()
                ? Requirement.missing("Set MY_NODE_BIN to the path of the node's program.")
                : Requirement.met();
    }

    @Override
    public boolean leasesPorts() {
        return true; // the program must be told its ports
    }

    @Override
    public NodeLaunch launch(NodeSetup setup) {
        var own = setup.ports().get(setup.node().name());
        var peers = new ArrayList<String>();
        setup.peers()
                .forEach(peer -> peers.add(setup.ports().get(peer).peerAddress().orElseThrow()));
        var config = """
                listen: %s
                http: %s:%d
                peers: %s
                chain_start: "%s"
                """.formatted(own.peerAddress().orElseThrow(), own.host(), own.api(), peers, setup.chainStart());
        return NodeLaunch.of(List.of(PROGRAM, "--config", setup.config().toString()), config);
    }

    @Override
    public String meaning(int exitCode) {
        return exitCode == 101 ? "the program panicked" : "";
    }
}
// end::own-node[]
