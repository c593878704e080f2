package org.junitnomos.deploy.external;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.MixedCommand;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodePorts;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.Requirement;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/** Runs nodes by one command, and some of them by other ones, which are named by their classes. Does not change. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class CommandPerNode implements MixedCommand {
    private final NodeCommand usual;
    private final Map<String, NodeCommand> others;

    /**
     * Combines commands.
     *
     * @param usual of all other nodes
     * @param others by the name of the node
     */
    public CommandPerNode(NodeCommand usual, Map<String, NodeCommand> others) {
        this.usual = usual;
        this.others = Collections.unmodifiableMap(new TreeMap<>(others));
    }

    @Override
    public NodeCommand of(NodeSpec node) {
        return of(node.name());
    }

    private NodeCommand of(String node) {
        return others.getOrDefault(node, usual);
    }

    @Override
    public MixedCommand with(NodeSpec node, String program) {
        NodeCommand command = ChosenCommand.create(program, "The program of node '" + node.name() + "'");
        if (command.leasesPorts() && !leasesPorts()) {
            throw new IllegalArgumentException(program
                    + " must be told its ports, but the nodes of this cluster choose theirs. Use a command that"
                    + " does, too");
        }
        if (!command.capabilities().containsAll(capabilities())) {
            throw new IllegalArgumentException(program + " has nodes that can do " + labels(command.capabilities())
                    + ", expected all that the others can do: " + labels(capabilities())
                    + ". Name them in its capabilities()");
        }
        String missing = command.requirement().missing();
        if (missing != null) {
            throw new IllegalArgumentException(missing);
        }
        var all = new TreeMap<>(others);
        all.put(node.name(), command);
        return new CommandPerNode(usual, all);
    }

    private static List<String> labels(Set<Capability> capabilities) {
        return capabilities.stream().map(Capability::label).toList();
    }

    private List<NodeCommand> all() {
        var all = new ArrayList<NodeCommand>(List.of(usual));
        all.addAll(others.values());
        return all;
    }

    @Override
    public String systemUnderTest() {
        var text = new StringBuilder(usual.systemUnderTest());
        others.forEach(
                (node, command) -> text.append("; ").append(node).append(": ").append(command.systemUnderTest()));
        return text.toString();
    }

    @Override
    public String program(NodeSpec node) {
        return of(node).program(node);
    }

    @Override
    public Set<Capability> capabilities() {
        var shared = EnumSet.allOf(Capability.class);
        all().forEach(command -> shared.retainAll(command.capabilities()));
        return Collections.unmodifiableSet(shared);
    }

    @Override
    public Optional<String> whyNot(Capability capability) {
        return all().stream()
                .filter(command -> !command.capabilities().contains(capability))
                .flatMap(command -> command.whyNot(capability).stream())
                .findFirst();
    }

    @Override
    public Requirement requirement() {
        return first(all().stream().map(NodeCommand::requirement).toList());
    }

    @Override
    public Requirement requirement(TopologySpec topology) {
        return first(
                all().stream().map(command -> command.requirement(topology)).toList());
    }

    private static Requirement first(List<Requirement> requirements) {
        return requirements.stream()
                .filter(requirement -> !requirement.isMet())
                .findFirst()
                .orElse(Requirement.met());
    }

    @Override
    public List<String> objections(TopologySpec topology) {
        return all().stream()
                .flatMap(command -> command.objections(topology).stream())
                .distinct()
                .toList();
    }

    @Override
    public boolean leasesPorts() {
        return all().stream().anyMatch(NodeCommand::leasesPorts);
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        for (var command : all()) {
            command.prepare();
        }
    }

    @Override
    public NodeLaunch launch(NodeSetup setup) throws IOException {
        return of(setup.node()).launch(setup);
    }

    @Override
    public Optional<NodePorts> findPorts(NodeSetup setup, long pid) throws IOException {
        return of(setup.node()).findPorts(setup, pid);
    }

    @Override
    public void introduce(NodeClient node, Map<String, String> addresses) {
        of(node.endpoint().node()).introduce(node, addresses);
    }
}
