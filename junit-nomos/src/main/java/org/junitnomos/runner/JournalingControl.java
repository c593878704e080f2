package org.junitnomos.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.internal.DurationText;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NodeRole;

/**
 * Puts everything that is done to nodes and links on record as faults: asked for, seen in force, seen healed.
 *
 * <p>A restart is in force and healed at once, since the node is back when it returns; a stop is healed by the start of
 * that node, everything about links and clocks by {@link #heal()}.
 */
final class JournalingControl implements NodeControl {
    private static final String STOP = "stop";

    private record Fault(String kind, List<String> targets) {}

    /** What is done to the cluster. */
    private interface Action {
        Proof perform() throws InterruptedException;
    }

    private final NodeControl control;
    private final Journal journal;
    private final LongSupplier nanos;
    private final Map<Integer, Fault> inForce = new TreeMap<>();
    private final Map<Integer, String> unproven = new TreeMap<>();
    private int faults;

    JournalingControl(NodeControl control, Journal journal, LongSupplier nanos) {
        this.control = control;
        this.journal = journal;
        this.nanos = nanos;
    }

    @Override
    public Proof stop(String node) throws InterruptedException {
        int fault = request(STOP, List.of(node), "");
        return inForce(fault, STOP, List.of(node), () -> control.stop(node));
    }

    @Override
    public Proof start(String node) throws InterruptedException {
        var stops = open(fault -> fault.kind().equals(STOP) && fault.targets().contains(node));
        if (stops.isEmpty()) {
            int fault = request("start", List.of(node), "");
            var proof = prove(fault, () -> control.start(node));
            healed(List.of(fault), proof);
            return proof;
        }
        var proof = control.start(node);
        healed(stops, proof);
        return proof;
    }

    @Override
    public Proof restart(String node) throws InterruptedException {
        int fault = request("restart", List.of(node), "");
        var proof = prove(fault, () -> control.restart(node));
        healed(List.of(fault), proof);
        healed(open(each -> each.kind().equals(STOP) && each.targets().contains(node)), proof);
        return proof;
    }

    @Override
    public Proof kill(String node) throws InterruptedException {
        int fault = request(STOP, List.of(node), "killed");
        return inForce(fault, STOP, List.of(node), () -> control.kill(node));
    }

    @Override
    public Proof pause(String node) throws InterruptedException {
        return control.pause(node);
    }

    @Override
    public Proof resume(String node) throws InterruptedException {
        return control.resume(node);
    }

    @Override
    public Proof add(NodeRole role) throws InterruptedException {
        return control.add(role);
    }

    @Override
    public Proof remove(String node) throws InterruptedException {
        return control.remove(node);
    }

    @Override
    public Proof cut(String a, String b) throws InterruptedException {
        int fault = request("cut", List.of(a, b), "");
        return inForce(fault, "cut", List.of(a, b), () -> control.cut(a, b));
    }

    @Override
    public Proof heal(Proof proof) throws InterruptedException {
        return heal();
    }

    @Override
    public List<String> select(NodeSelector selector) {
        return control.select(selector);
    }

    @Override
    public Proof partition(List<? extends Collection<String>> groups) throws InterruptedException {
        var targets = new ArrayList<String>();
        groups.forEach(targets::addAll);
        var texts = groups.stream().map(group -> String.join("+", group)).toList();
        int fault = request("partition", targets, String.join(" | ", texts));
        return inForce(fault, "partition", targets, () -> control.partition(groups));
    }

    @Override
    public Proof isolate(String node) throws InterruptedException {
        int fault = request("isolate", List.of(node), "");
        return inForce(fault, "isolate", List.of(node), () -> control.isolate(node));
    }

    @Override
    public Proof link(String a, String b, LinkSpec link) throws InterruptedException {
        String detail = "latency " + DurationText.format(link.latency()) + ", jitter "
                + DurationText.format(link.jitter()) + ", loss " + link.lossPerMille() + " per mille";
        int fault = request("link", List.of(a, b), detail);
        return inForce(fault, "link", List.of(a, b), () -> control.link(a, b, link));
    }

    @Override
    public Proof skewClock(String node, Duration ahead) throws InterruptedException {
        int fault = request("skew clock", List.of(node), DurationText.format(ahead) + " ahead");
        return inForce(fault, "skew clock", List.of(node), () -> control.skewClock(node, ahead));
    }

    @Override
    public Proof heal() throws InterruptedException {
        var open = open(fault -> !fault.kind().equals(STOP));
        var proof = control.heal();
        healed(open, proof);
        return proof;
    }

    /** Whether a fault of links or clocks was asked for and not healed. */
    boolean needsHealing() {
        return !open(fault -> !fault.kind().equals(STOP)).isEmpty();
    }

    /** The faults that were asked for and never seen in force, for texts; those that were refused are none. */
    List<String> unproven() {
        synchronized (inForce) {
            return unproven.entrySet().stream()
                    .map(entry -> "fault " + entry.getKey() + " (" + entry.getValue() + ")")
                    .toList();
        }
    }

    private int request(String kind, List<String> targets, String detail) {
        synchronized (inForce) {
            int fault = ++faults;
            unproven.put(fault, kind + " of " + String.join(", ", targets));
            journal.append(new JournalEvent.FaultRequested(nanos.getAsLong(), fault, kind, targets, detail));
            return fault;
        }
    }

    private Proof inForce(int fault, String kind, List<String> targets, Action action) throws InterruptedException {
        if (!kind.equals(STOP)) {
            remember(fault, kind, targets); // even if it fails, it may be half in force and needs healing
        }
        var proof = prove(fault, action);
        remember(fault, kind, targets);
        return proof;
    }

    /** Do it; a fault that is refused is over at once, one that was not observed stays unproven. */
    private Proof prove(int fault, Action action) throws InterruptedException {
        try {
            var proof = action.perform();
            journal.append(new JournalEvent.FaultInForce(nanos.getAsLong(), fault, proof.observed()));
            forget(fault, unproven);
            return proof;
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            forget(fault, unproven);
            forget(fault, inForce);
            journal.append(new JournalEvent.FaultHealed(nanos.getAsLong(), fault, "refused: " + e.getMessage()));
            throw e;
        }
    }

    private void forget(int fault, Map<Integer, ?> faults) {
        synchronized (inForce) {
            faults.remove(fault);
        }
    }

    private void remember(int fault, String kind, List<String> targets) {
        synchronized (inForce) {
            inForce.put(fault, new Fault(kind, List.copyOf(targets)));
        }
    }

    private List<Integer> open(Predicate<Fault> which) {
        synchronized (inForce) {
            return inForce.entrySet().stream()
                    .filter(entry -> which.test(entry.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private void healed(List<Integer> healed, Proof proof) {
        for (int fault : healed) {
            forget(fault, inForce);
            journal.append(new JournalEvent.FaultHealed(nanos.getAsLong(), fault, proof.observed()));
        }
    }
}
