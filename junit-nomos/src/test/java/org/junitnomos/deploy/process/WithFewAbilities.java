package org.junitnomos.deploy.process;

import java.util.List;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodeSetup;

/** Runs nodes without a testing port. */
public final class WithFewAbilities implements NodeCommand {
    @Override
    public String systemUnderTest() {
        return "simple node";
    }

    @Override
    public NodeLaunch launch(NodeSetup setup) {
        return NodeLaunch.of(List.of("true"), "");
    }
}
