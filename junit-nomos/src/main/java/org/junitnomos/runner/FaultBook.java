package org.junitnomos.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.NodeControl.Proof;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;

/**
 * Numbers the faults of a run and knows which were never proven, which are in force, and by what proof of the backend
 * each is healed; writes all of it to the journal. Thread-safe.
 */
final class FaultBook {
    private final Journal journal;
    private final LongSupplier nanos;
    private final Map<Integer, Fault> inForce = new TreeMap<>();
    private final Map<Integer, String> unproven = new TreeMap<>();
    private final Map<Integer, Proof> proofs = new TreeMap<>();
    private final Set<Integer> unhealed = new TreeSet<>();
    private int faults;

    /** A fault that is not healed. */
    record Fault(FaultKind kind, List<String> targets) {}

    FaultBook(Journal journal, LongSupplier nanos) {
        this.journal = journal;
        this.nanos = nanos;
    }

    /** Writes down that a fault was asked for; returns its number. */
    int request(FaultKind kind, List<String> targets, String detail) {
        synchronized (inForce) {
            int fault = ++faults;
            String about = targets.isEmpty() ? detail : String.join(", ", targets);
            unproven.put(fault, kind.label() + " of " + about);
            if (kind.isOfNetwork()) {
                // Even if it is never proven it may be half in force, and needs healing.
                inForce.put(fault, new Fault(kind, List.copyOf(targets)));
            }
            journal.append(new JournalEvent.FaultRequested(nanos.getAsLong(), fault, kind.label(), targets, detail));
            return fault;
        }
    }

    /** Writes down that it was seen in force; returns the proof for the one who asked. */
    Proof inForce(int fault, FaultKind kind, Proof proof) {
        synchronized (inForce) {
            unproven.remove(fault);
            proofs.put(fault, proof);
            if (kind.lasts()) {
                inForce.put(fault, new Fault(kind, proof.targets()));
            }
        }
        journal.append(new JournalEvent.FaultInForce(nanos.getAsLong(), fault, proof.observed()));
        return kind.isOfNetwork() ? new Proof(fault, proof.targets(), proof.observed()) : proof;
    }

    /** Writes down that it was refused, and so is over. */
    void refused(int fault, @Nullable String why) {
        synchronized (inForce) {
            unproven.remove(fault);
            inForce.remove(fault);
        }
        journal.append(new JournalEvent.FaultHealed(nanos.getAsLong(), fault, "refused: " + why));
    }

    /** Writes down that faults were seen healed; those that were so before are left out. */
    void healed(List<Integer> faults, Proof proof) {
        for (int fault : faults) {
            synchronized (inForce) {
                inForce.remove(fault);
            }
            journal.append(new JournalEvent.FaultHealed(nanos.getAsLong(), fault, proof.observed()));
        }
    }

    /** Lists the faults that are not healed. */
    List<Integer> open(Predicate<Fault> which) {
        synchronized (inForce) {
            var open = new ArrayList<Integer>();
            inForce.forEach((number, fault) -> {
                if (which.test(fault)) {
                    open.add(number);
                }
            });
            return open;
        }
    }

    /** Returns what the backend said of a fault; the proof to heal it by. */
    Proof proofOf(Proof given) {
        synchronized (inForce) {
            var proof = proofs.get(given.fault());
            if (proof == null) {
                throw new IllegalArgumentException("There is nothing to heal: the proof of '" + given.observed()
                        + "' is of no fault of links or clocks in this run.");
            }
            return proof;
        }
    }

    /** Writes down that a heal could not be observed; a later one may be. */
    void notHealed(List<Integer> faults) {
        synchronized (inForce) {
            unhealed.addAll(faults);
        }
    }

    /** Names the faults that were asked for and never seen in force; those that were refused are none. */
    List<String> unproven() {
        synchronized (inForce) {
            return unproven.entrySet().stream()
                    .map(entry -> "fault " + entry.getKey() + " (" + entry.getValue() + ")")
                    .toList();
        }
    }

    /** Names the faults whose end was asked for and never seen. */
    List<String> unhealed() {
        synchronized (inForce) {
            return inForce.entrySet().stream()
                    .filter(entry -> unhealed.contains(entry.getKey()))
                    .map(entry -> "fault " + entry.getKey() + " ("
                            + entry.getValue().kind().label() + " of "
                            + String.join(", ", entry.getValue().targets()) + ")")
                    .toList();
        }
    }
}
