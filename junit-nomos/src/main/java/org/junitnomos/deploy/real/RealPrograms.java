package org.junitnomos.deploy.real;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/** The programs and files that real nodes need, wherever they are. */
interface RealPrograms {
    /** Has on this machine what is needed here; called once for each deployment. Blocks. */
    default void prepare() throws IOException {}

    /** {@return the program of a node, as the node sees it} */
    Path program(NodeSpec node);

    /** {@return the parameters of KZG, as nodes see them} */
    Path parametersInside();

    /** {@return the directory of the circuits, as nodes see it} */
    Path circuitsInside();

    /** {@return the circuits that prove on this machine} */
    CircuitFiles circuits();

    /**
     * Says at which address a node listens.
     *
     * @param host where others reach it
     */
    String listen(String host);

    /** {@return what is laid over the configurations; empty if nothing is} */
    Optional<ConfigOverlay> readOverlay() throws IOException;

    /** {@return everything that is missing for nodes, one line each, as far as it is known now} */
    List<String> missing(List<NodeSpec> nodes);

    /** {@return nodes for which something must be there, before a topology is known} */
    List<NodeSpec> anyNodes();

    /** {@return what settings say of single nodes that a topology does not have} */
    List<String> objections(TopologySpec topology);

    /** Names all of it, for the first line of a run. */
    String described();

    /** Names the program of one node. */
    String described(NodeSpec node);

    /**
     * Lets the program of a node look at its configuration. Blocks.
     *
     * @return what came of it
     */
    ShortProgram.Result check(NodeSetup setup, String configuration, Map<String, String> environment)
            throws IOException, InterruptedException;
}
