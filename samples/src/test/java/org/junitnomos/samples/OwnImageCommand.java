package org.junitnomos.samples;

import java.util.ArrayList;
import java.util.List;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodeSetup;

/** Runs nodes from an image of our own: {@code nomos.container.command} names this class. */
// tag::own-image[]
public final class OwnImageCommand implements NodeCommand {
    @Override
    public String systemUnderTest() {
        return "my node";
    }

    @Override
    public NodeLaunch launch(NodeSetup setup) {
        var own = setup.ports().get(setup.node().name());
        var peers = new ArrayList<String>();
        setup.peers()
                .forEach(peer -> peers.add(setup.ports().get(peer).peerAddress().orElseThrow()));
        var config =
                """
                listen: 0.0.0.0:%d
                http: 0.0.0.0:%d
                peers: %s
                store: %s
                chain_start: "%s"
                """.formatted(own.peer(), own.api(), peers, setup.directory().resolve("state"), setup.chainStart());
        // program and paths are those inside
        return NodeLaunch.of(
                List.of("/usr/bin/my-node", "--config", setup.config().toString()), config);
    }
}
// end::own-image[]
