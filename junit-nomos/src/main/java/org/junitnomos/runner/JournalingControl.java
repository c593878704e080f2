package org.junitnomos.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.journal.Journal;
import org.junitnomos.time.DurationText;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NodeRole;

/**
 * Puts everything that is done to nodes and links on record as faults: asked for, seen in force, seen healed.
 *
 * <p>What leaves the cluster as it was meant to be is in force and healed at once: a restart, an upgrade, a start, a
 * resume, a node added or removed. A stop, a kill and a pause are healed when that node is started or goes on, faults
 * of links and clocks by {@link #heal()} or one by one. The proofs handed out carry the numbers of the journal.
 */
final class JournalingControl implements NodeControl {
    private final NodeControl control;
    private final FaultBook book;

    /** What is done to the cluster. */
    private interface Deed {
        Proof perform() throws InterruptedException;
    }

    JournalingControl(NodeControl control, Journal journal, LongSupplier nanos) {
        this.control = control;
        this.book = new FaultBook(journal, nanos);
    }

    @Override
    public Proof stop(String node) throws InterruptedException {
        return record(FaultKind.STOP, List.of(node), "", () -> control.stop(node));
    }

    @Override
    public Proof kill(String node) throws InterruptedException {
        return record(FaultKind.KILL, List.of(node), "", () -> control.kill(node));
    }

    @Override
    public Proof pause(String node) throws InterruptedException {
        return record(FaultKind.PAUSE, List.of(node), "", () -> control.pause(node));
    }

    @Override
    public Proof start(String node) throws InterruptedException {
        return bringBack(FaultKind.START, node, () -> control.start(node));
    }

    @Override
    public Proof resume(String node) throws InterruptedException {
        return bringBack(FaultKind.RESUME, node, () -> control.resume(node));
    }

    @Override
    public Proof restart(String node) throws InterruptedException {
        var proof = record(FaultKind.RESTART, List.of(node), "", () -> control.restart(node));
        book.healed(openOf(node), proof);
        return proof;
    }

    @Override
    public Proof upgrade(String node, String program) throws InterruptedException {
        var proof = record(FaultKind.UPGRADE, List.of(node), "to " + program, () -> control.upgrade(node, program));
        book.healed(openOf(node), proof);
        return proof;
    }

    @Override
    public Proof add(NodeRole role) throws InterruptedException {
        return record(FaultKind.ADD, List.of(), role.label(), () -> control.add(role));
    }

    @Override
    public Proof remove(String node) throws InterruptedException {
        var proof = record(FaultKind.REMOVE, List.of(node), "", () -> control.remove(node));
        book.healed(openOf(node), proof);
        return proof;
    }

    @Override
    public Proof partition(List<? extends Collection<String>> groups) throws InterruptedException {
        var targets = new ArrayList<String>();
        groups.forEach(targets::addAll);
        var texts = groups.stream().map(group -> String.join("+", group)).toList();
        return record(FaultKind.PARTITION, targets, String.join(" | ", texts), () -> control.partition(groups));
    }

    @Override
    public Proof isolate(String node) throws InterruptedException {
        return record(FaultKind.ISOLATE, List.of(node), "", () -> control.isolate(node));
    }

    @Override
    public Proof cut(String a, String b) throws InterruptedException {
        return record(FaultKind.CUT, List.of(a, b), "", () -> control.cut(a, b));
    }

    @Override
    public Proof link(String a, String b, LinkSpec link) throws InterruptedException {
        String detail = "latency " + DurationText.format(link.latency()) + ", jitter "
                + DurationText.format(link.jitter()) + ", loss " + link.lossPerMille() + " per mille"
                + (link.bandwidth() == 0 ? "" : ", bandwidth " + link.bandwidth() + " bytes per second");
        return record(FaultKind.LINK, List.of(a, b), detail, () -> control.link(a, b, link));
    }

    @Override
    public Proof skewClock(String node, Duration ahead) throws InterruptedException {
        String detail = DurationText.format(ahead) + " ahead";
        return record(FaultKind.SKEW_CLOCK, List.of(node), detail, () -> control.skewClock(node, ahead));
    }

    @Override
    public Proof withhold(Collection<Integer> columns) throws InterruptedException {
        return record(FaultKind.WITHHOLD, List.of(), "columns " + columns, () -> control.withhold(columns));
    }

    @Override
    public Proof corrupt(Collection<Integer> columns) throws InterruptedException {
        return record(FaultKind.CORRUPT, List.of(), "columns " + columns, () -> control.corrupt(columns));
    }

    @Override
    public Proof blockPeer(String node, String peer) throws InterruptedException {
        return record(FaultKind.BLOCK_PEER, List.of(node, peer), "", () -> control.blockPeer(node, peer));
    }

    @Override
    public Proof giveDefect(String node, NodeDefect defect) throws InterruptedException {
        return record(FaultKind.DEFECT, List.of(node), defect.label(), () -> control.giveDefect(node, defect));
    }

    @Override
    public Proof heal() throws InterruptedException {
        return heal(book.open(fault -> fault.kind().isOfNetwork()), control::heal);
    }

    @Override
    public Proof heal(Proof given) throws InterruptedException {
        var healing = book.proofOf(given);
        var open = book.open(fault -> true).contains(given.fault()) ? List.of(given.fault()) : List.<Integer>of();
        return heal(open, () -> control.heal(healing));
    }

    @Override
    public List<String> select(NodeSelector selector) {
        return control.select(selector);
    }

    /** Whether a fault of links or clocks was asked for and not healed. */
    boolean needsHealing() {
        return !book.open(fault -> fault.kind().isOfNetwork()).isEmpty();
    }

    /** The faults that were asked for and never seen in force, for texts; those that were refused are none. */
    List<String> unproven() {
        return book.unproven();
    }

    /** The faults whose end was asked for and never seen, for texts. */
    List<String> unhealed() {
        return book.unhealed();
    }

    private List<Integer> openOf(String node) {
        return book.open(fault -> !fault.kind().isOfNetwork() && fault.targets().contains(node));
    }

    /** Brings back a node; a fault of its own only if nothing took it down before. */
    private Proof bringBack(FaultKind kind, String node, Deed deed) throws InterruptedException {
        var open = openOf(node);
        if (open.isEmpty()) {
            return record(kind, List.of(node), "", deed);
        }
        return heal(open, deed);
    }

    private Proof heal(List<Integer> open, Deed deed) throws InterruptedException {
        Proof proof;
        try {
            proof = deed.perform();
        } catch (DeploymentException e) {
            book.notHealed(open);
            throw e;
        }
        book.healed(open, proof);
        return proof;
    }

    /** Does it; a fault that is refused is over at once, one that was not observed stays unproven. */
    private Proof record(FaultKind kind, List<String> targets, String detail, Deed deed) throws InterruptedException {
        int fault = book.request(kind, targets, detail);
        Proof proof;
        try {
            proof = deed.perform();
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            book.refused(fault, e.getMessage());
            throw e;
        }
        var given = book.inForce(fault, kind, proof);
        if (!kind.lasts()) {
            book.healed(List.of(fault), proof);
        }
        return given;
    }
}
