package org.junitnomos.deploy.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodeSetup;

/** Runs dev nodes that are told their ports before they start, behind a shell, as if they had no testing port. */
final class LeasedDevNodes implements NodeCommand {
    private final DevNodeCommand nodes = new DevNodeCommand();

    @Override
    public String systemUnderTest() {
        return "dev node behind a shell";
    }

    @Override
    public boolean leasesPorts() {
        return true;
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        nodes.prepare();
    }

    @Override
    public NodeLaunch launch(NodeSetup setup) throws IOException {
        var launch = nodes.launch(setup);
        var command = new ArrayList<>(List.of("sh", "-c", "\"$@\"; exit $?", "node"));
        command.addAll(launch.command());
        return new NodeLaunch(
                command, launch.environment(), launch.withheld(), launch.configuration(), launch.endsWithInput());
    }
}
