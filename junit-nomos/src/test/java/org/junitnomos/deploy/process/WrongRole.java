package org.junitnomos.deploy.process;

import java.io.IOException;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodeSetup;

/** Runs dev nodes with a role that there is not. */
final class WrongRole implements NodeCommand {
    private final DevNodeCommand nodes = new DevNodeCommand();

    @Override
    public String systemUnderTest() {
        return nodes.systemUnderTest();
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        nodes.prepare();
    }

    @Override
    public NodeLaunch launch(NodeSetup setup) throws IOException {
        var launch = nodes.launch(setup);
        return new NodeLaunch(
                launch.command(),
                launch.environment(),
                launch.withheld(),
                launch.configuration().replace("\"validator\"", "\"emperor\""),
                true);
    }

    @Override
    public String meaning(int exitCode) {
        return nodes.meaning(exitCode);
    }
}
