package org.junitnomos.deploy.control;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junitnomos.deploy.control.LinkTable.Link;

/**
 * Where faults of links, clocks and shares enter: brings them to what they should be, and says what was seen of it.
 * What nodes do not take is left alone; nobody asks for it, for they lack the capability.
 */
interface FaultPort {
    /** Where links are cut and slowed, for texts: {@code "at both ends"}; empty if that is told for each end. */
    default String place() {
        return "";
    }

    /** Sets links before one of their ends is started; does not wait. */
    default void prepare(Collection<Link> links) {}

    /**
     * Sets links, and waits until it shows.
     *
     * @return what was observed of the network under them; empty if there is nothing to tell
     */
    Optional<String> applyLinks(Collection<Link> links) throws InterruptedException;

    /** Sets the clock of a node that is awake, and waits until it shows. */
    default void applySkew(String name) throws InterruptedException {}

    /** Lets all nodes that are awake give shares as they should, one after the other. */
    default void applyShares() throws InterruptedException {}

    /** Lets a node that is awake give shares as it should, and waits until it shows. */
    default void applyShares(String name) throws InterruptedException {}

    /** Lets a node that is awake ignore a peer, or no longer, and waits until it shows. */
    default void applyBlock(String name, String peer) throws InterruptedException {}

    /** Lets a node that is awake have the defects that it should have, and waits until it shows. */
    default void applyDefects(String name) throws InterruptedException {}

    /** Lets a node have the defects that it should have; returns what failed. */
    default List<RuntimeException> restoreDefects(String name) {
        return List.of();
    }

    /** Sets links and clocks as far as that can be done now, without looking whether it helps; returns what failed. */
    List<RuntimeException> restore(Collection<Link> links, Collection<String> clocks);

    /** Lets a node ignore a peer, or no longer, as it should; returns what failed. */
    default List<RuntimeException> restoreBlock(String name, String peer) {
        return List.of();
    }

    /** Lets all nodes that can be reached give shares as they should; returns what failed. */
    default List<RuntimeException> restoreShares() {
        return List.of();
    }

    /** Tells all nodes that answer of a node that was added, and with whom it is linked. */
    default void introduce(String added, List<String> peers, Optional<String> address) throws InterruptedException {}

    /** Tells a node of the peers it does not know, and lets it forget those that are gone. */
    default void correctPeers(String name, List<String> peers, NodeLifecycle lifecycle) throws InterruptedException {}

    /** Lets all nodes that answer forget a node that is gone; returns what failed. */
    default List<RuntimeException> forget(String gone) {
        return List.of();
    }

    /**
     * Waits until no node has a link to one that is gone.
     *
     * @return that it is so, to be added to a text; empty if nodes cannot be asked
     */
    default String awaitForgotten(String gone) throws InterruptedException {
        return "";
    }

    /**
     * Counts the peers that a node is connected with, once its links are as they should be.
     *
     * @param connectable how many there should be
     */
    int peers(String node, int connectable) throws InterruptedException;
}
