package org.junitnomos.deploy.process;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodePorts;
import org.junitnomos.deploy.NodeSetup;

/** Runs dev nodes under another name; settings and upgrades name it. */
public final class OtherDevNodes implements NodeCommand {
    private final DevNodeCommand nodes = new DevNodeCommand();

    @Override
    public String systemUnderTest() {
        return "dev node of another make";
    }

    @Override
    public Set<Capability> capabilities() {
        return nodes.capabilities();
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        nodes.prepare();
    }

    @Override
    public NodeLaunch launch(NodeSetup setup) throws IOException {
        return nodes.launch(setup);
    }

    @Override
    public Optional<NodePorts> findPorts(NodeSetup setup, long pid) throws IOException {
        return nodes.findPorts(setup, pid);
    }

    @Override
    public void introduce(NodeClient node, Map<String, String> addresses) {
        nodes.introduce(node, addresses);
    }
}
