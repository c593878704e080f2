package org.junitnomos.deploy.control;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.deploy.control.LinkTable.Link;
import org.junitnomos.topology.LinkSpec;

/**
 * One fault of links, clocks or shares: what it changes while it is in force, how the nodes get to know, and what is
 * then observed. A list of links is of those it is about, whether it is in force or not; empty if it is about none.
 */
interface Layer {
    /** Returns the nodes it was asked for. */
    List<String> targets();

    default boolean cuts(Link link) {
        return false;
    }

    /** Returns what it makes of a link; null if it leaves it as it is. */
    default @Nullable LinkSpec quality(Link link) {
        return null;
    }

    /** Returns how far ahead it sets the clock of a node; null if it leaves it as it is. */
    default @Nullable Duration skew(String node) {
        return null;
    }

    /** Returns what it lets nodes ignore in all that is about blobs. */
    default List<Block> blocks() {
        return List.of();
    }

    /** Returns the defects that it gives a node. */
    default Set<NodeDefect> defects(String node) {
        return EnumSet.noneOf(NodeDefect.class);
    }

    /** Returns the columns of blobs that it keeps all nodes from giving, or lets them give wrong. */
    default SortedSet<Integer> columns(boolean wrong) {
        return new TreeSet<>();
    }

    /**
     * Brings what it is about to how it should be now, with or without it, and waits until the nodes report so.
     *
     * @return what was observed of the network under them; empty if there is nothing to tell
     */
    Optional<String> settle(FaultPort port, List<Link> links) throws InterruptedException;

    /** Says what the nodes report while it is in force. */
    String observed(FaultTexts texts, List<Link> links);

    /** Says what the nodes report after it was taken away. */
    default String healed(FaultTexts texts, List<Link> links) {
        return observed(texts, links);
    }

    /** Undoes it where it is no matter of links and clocks, after it could not be proven; returns what failed. */
    default List<RuntimeException> undo(FaultPort port) {
        return List.of();
    }

    /** Changes links. */
    interface OfLinks extends Layer {
        @Override
        default Optional<String> settle(FaultPort port, List<Link> links) throws InterruptedException {
            return port.applyLinks(links);
        }
    }

    /** Links that are cut. */
    record Cut(List<String> targets, Predicate<Link> which) implements OfLinks {
        @Override
        public boolean cuts(Link link) {
            return which.test(link);
        }

        @Override
        public String observed(FaultTexts texts, List<Link> links) {
            return texts.ofLinks(links, "down");
        }

        @Override
        public String healed(FaultTexts texts, List<Link> links) {
            return texts.ofHealedLinks(links);
        }
    }

    /** The changed quality of a link. */
    record Quality(List<String> targets, Link link, LinkSpec spec) implements OfLinks {
        @Override
        public @Nullable LinkSpec quality(Link other) {
            return link.equals(other) ? spec : null;
        }

        @Override
        public String observed(FaultTexts texts, List<Link> links) {
            return texts.ofQuality(links, spec);
        }

        @Override
        public String healed(FaultTexts texts, List<Link> links) {
            return texts.ofQuality(links, link);
        }
    }

    /** A clock that is set apart. */
    record Skew(String node, Duration ahead) implements Layer {
        @Override
        public List<String> targets() {
            return List.of(node);
        }

        @Override
        public @Nullable Duration skew(String other) {
            return node.equals(other) ? ahead : null;
        }

        @Override
        public Optional<String> settle(FaultPort port, List<Link> links) throws InterruptedException {
            port.applySkew(node);
            return Optional.empty();
        }

        @Override
        public String observed(FaultTexts texts, List<Link> links) {
            return texts.ofClock(node);
        }
    }

    /** A node that ignores another one in all that is about blobs. */
    record Block(String node, String peer) implements Layer {
        @Override
        public List<String> targets() {
            return List.of(node, peer);
        }

        @Override
        public List<Block> blocks() {
            return List.of(this);
        }

        @Override
        public Optional<String> settle(FaultPort port, List<Link> links) throws InterruptedException {
            port.applyBlock(node, peer);
            return Optional.empty();
        }

        @Override
        public String observed(FaultTexts texts, List<Link> links) {
            return texts.ofBlock(node, peer);
        }

        @Override
        public List<RuntimeException> undo(FaultPort port) {
            return port.restoreBlock(node, peer);
        }
    }

    /** A node with a defect. */
    record Defective(String node, NodeDefect defect) implements Layer {
        @Override
        public List<String> targets() {
            return List.of(node);
        }

        @Override
        public Set<NodeDefect> defects(String other) {
            return node.equals(other) ? EnumSet.of(defect) : Layer.super.defects(other);
        }

        @Override
        public Optional<String> settle(FaultPort port, List<Link> links) throws InterruptedException {
            port.applyDefects(node);
            return Optional.empty();
        }

        @Override
        public String observed(FaultTexts texts, List<Link> links) {
            return texts.ofDefects(node);
        }

        @Override
        public List<RuntimeException> undo(FaultPort port) {
            return port.restoreDefects(node);
        }
    }

    /** Columns of blobs that no node gives, or that all give wrong. */
    record Shares(SortedSet<Integer> chosen, boolean wrong) implements Layer {
        @Override
        public List<String> targets() {
            return List.of();
        }

        @Override
        public SortedSet<Integer> columns(boolean givenWrong) {
            return givenWrong == wrong ? chosen : Layer.super.columns(givenWrong);
        }

        @Override
        public Optional<String> settle(FaultPort port, List<Link> links) throws InterruptedException {
            port.applyShares();
            return Optional.empty();
        }

        @Override
        public String observed(FaultTexts texts, List<Link> links) {
            return texts.ofShares();
        }

        @Override
        public List<RuntimeException> undo(FaultPort port) {
            return port.restoreShares();
        }
    }
}
