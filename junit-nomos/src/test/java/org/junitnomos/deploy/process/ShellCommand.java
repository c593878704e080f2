package org.junitnomos.deploy.process;

import java.util.List;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodeSetup;

/** Runs a shell script as a node; its ports never become known. */
record ShellCommand(String script) implements NodeCommand {
    @Override
    public String systemUnderTest() {
        return "shell script";
    }

    @Override
    public NodeLaunch launch(NodeSetup setup) {
        return NodeLaunch.of(
                List.of("sh", "-c", script), "name: " + setup.node().name() + "\n");
    }

    @Override
    public String meaning(int exitCode) {
        return exitCode == 7 ? "the script had enough" : "";
    }
}
