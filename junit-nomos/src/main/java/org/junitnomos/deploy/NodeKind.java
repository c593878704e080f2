package org.junitnomos.deploy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.settings.SettingNames;
import org.junitnomos.settings.SettingsReader;
import org.junitnomos.topology.NodeRule;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/** What the nodes of a run are, by the setting {@code nomos.nodes}. */
@API(status = API.Status.INTERNAL, since = "0.1")
public enum NodeKind {
    /** Dev nodes. */
    DEV,
    /** Programs {@code nomos-node} and {@code nomos-executor}. */
    REAL;

    /** What texts call dev nodes, with the set of rules that they follow. */
    public static final String DEV_NODES = "dev node (simulated, rules " + NodeRule.SET + ")";

    /**
     * Reads what the environment asks for.
     *
     * @return empty if it does not say; a program of a node alone does not
     */
    public static Optional<NodeKind> asked(SettingsReader reader) {
        return Optional.ofNullable(reader.choice(SettingNames.NODES, NodeKind.class));
    }

    /**
     * Reads what runs on a backend that can run both: what was asked for, else real nodes once a program is named.
     *
     * @return the kind
     */
    public static NodeKind chosen(SettingsReader reader) {
        return asked(reader).orElseGet(() -> namesProgram(reader) ? REAL : DEV);
    }

    /**
     * Checks that what runs as a node is said once.
     *
     * @param asked what {@link SettingNames#NODES} says
     * @param command setting that names a command
     * @param own whether it does
     * @throws IllegalArgumentException if real nodes are asked for as well; names both settings
     */
    public static void requireOne(Optional<NodeKind> asked, String command, boolean own) {
        if (own && asked.filter(REAL::equals).isPresent()) {
            throw new IllegalArgumentException("Settings '" + command + "' and '" + SettingNames.NODES
                    + "' both say what runs as a node, expected one of them. Leave the other out.");
        }
    }

    /**
     * Reads whether the images of a backend have real nodes: what was asked for, else once the variable of the Rust
     * testing framework names the image.
     *
     * @param command setting that names a command, which says what runs as well
     * @param byVariable whether that variable names the image, and nothing says that it has dev nodes
     * @throws IllegalArgumentException if the settings contradict each other, or one is malformed; names it
     */
    public static boolean areRealInImages(String command, boolean byVariable) {
        var reader = SettingsReader.ofThisJvm(name -> Optional.empty());
        Optional<NodeKind> asked = asked(reader);
        boolean own = reader.find(command, "the name of a class", text -> text) != null;
        reader.check();
        requireOne(asked, command, own);
        return asked.filter(REAL::equals).isPresent() || asked.isEmpty() && !own && byVariable;
    }

    private static boolean namesProgram(SettingsReader reader) {
        return reader.find(SettingNames.NODE_BIN, "the path of a program", text -> text) != null;
    }

    /**
     * Says that a backend that runs no real nodes was asked for them.
     *
     * @param reader reads the settings of this JVM
     * @param backend its name
     * @return one sentence and its fix, or none
     */
    public static List<String> objections(SettingsReader reader, String backend) {
        return asked(reader).filter(REAL::equals).isEmpty()
                ? programsInVain(reader, "backend '" + backend + "' runs dev nodes, or what its image has")
                : List.of("Setting '" + SettingNames.NODES + "' is \"real\", but backend '" + backend
                        + "' runs dev nodes, or what its image has. Set nomos.backend=process, container or kubernetes"
                        + " for real nodes, or leave 'nomos.nodes' out.");
    }

    /**
     * Says that programs of single nodes are named where no real nodes run: whoever wants different versions would not
     * get them.
     *
     * @param reader reads the settings of this JVM
     * @param why why none run, a statement without a full stop
     * @return one text a setting, or none
     */
    public static List<String> programsInVain(SettingsReader reader, String why) {
        return reader.ofNodes(SettingNames.NODE_BIN, "the path of a program", text -> text).keySet().stream()
                .map(node -> "Setting '" + SettingNames.NODE_BIN + "." + node + "' names a program of one node, but "
                        + why + ". Set nomos.backend=process and nomos.nodes=real for real nodes, or leave the setting"
                        + " out.")
                .toList();
    }

    /**
     * Says that settings name nodes that are not there.
     *
     * @param setting the setting that is said of single nodes
     * @param named nodes that it names
     * @param topology the cluster
     * @return one text a node, or none
     */
    public static List<String> strangers(String setting, Collection<String> named, TopologySpec topology) {
        var names = topology.nodes().stream().map(NodeSpec::name).toList();
        return named.stream()
                .filter(node -> !names.contains(node))
                .map(node -> "Setting '" + setting + "." + node + "' is about no node of the topology, expected one of "
                        + names + ". Correct its name, or leave it out.")
                .toList();
    }

    /**
     * Says on a backend that runs dev nodes that a program of a real node is named in vain, for the first line of a
     * run.
     *
     * @return words to append; empty if none is named
     */
    public static String note(SettingsReader reader) {
        return namesProgram(reader)
                ? ", not the program of " + SettingNames.NODE_BIN + ", which backend 'process' runs"
                : "";
    }
}
