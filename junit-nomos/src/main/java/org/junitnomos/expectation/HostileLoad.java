package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.apiguardian.api.API;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.HostileSubmitted;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.scenario.Effect;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/**
 * Expects that no transaction that must never be included ever is, whichever node it went through, and that valid load
 * goes on beside them: a pure function of the journal.
 *
 * <p>In no block, of any branch, may be what is wrong by itself. What was spent or included before may be in a block of
 * a node that begins at genesis (node contract 5.2), but not on the reference chain a second time. A node may take into
 * its mempool what only the ledger refuses, but not a message that its signer did not sign (node contract 1.4).
 *
 * <p>Inconclusive if none was submitted. Where the plan has valid load, some of it must be in blocks made after the
 * first hostile transaction, if any was submitted after it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record HostileLoad() implements Expectation {
    private static final String REPLAY = "replay";
    private static final String DOUBLE_SPEND = "double spend";
    private static final String WRONG_SIGNATURE = "wrong signature";
    private static final int TAKEN = 200;

    @Override
    public void evaluate(RunContext run) {
        var facts = new RunFacts(run);
        var hostile = new LinkedHashMap<TxHash, HostileSubmitted>();
        var problems = new LinkedHashSet<String>();
        for (var sent : run.journal().events(HostileSubmitted.class)) {
            hostile.putIfAbsent(sent.transaction(), sent);
            if (sent.kind().equals(WRONG_SIGNATURE) && sent.status() == TAKEN) {
                problems.add("  " + sent.node() + " took " + describe(sent) + " into its mempool at "
                        + LateReasons.time(sent.at()));
            }
        }
        included(facts, hostile, problems);
        if (!problems.isEmpty()) {
            throw new AssertionFailedError("expected none of the " + hostile.size()
                    + " hostile transactions in any block but:\n" + Listing.of(new ArrayList<>(problems)));
        }
        if (hostile.isEmpty()) {
            throw new InconclusiveException("no hostile transaction was submitted"
                    + (facts.cut() == null ? "" : ": the run was cut: " + facts.cut()));
        }
        goesOn(facts, hostile);
    }

    private static void included(
            RunFacts facts, Map<TxHash, HostileSubmitted> hostile, LinkedHashSet<String> problems) {
        var onChain = new LinkedHashMap<TxHash, Integer>();
        var chain = new HashSet<HeaderId>();
        facts.tree.chain().forEach(block -> chain.add(block.block()));
        for (BlockObserved block : facts.tree.blocks()) {
            boolean isOnChain = chain.contains(block.block());
            for (var transaction : block.transactions()) {
                var sent = hostile.get(transaction.hash());
                if (sent == null) {
                    continue;
                }
                int times = isOnChain ? onChain.merge(transaction.hash(), 1, Integer::sum) : 0;
                boolean allowed = switch (sent.kind()) {
                    case REPLAY -> times <= 1;
                    case DOUBLE_SPEND -> !isOnChain;
                    default -> false;
                };
                if (!allowed) {
                    problems.add("  " + describe(sent) + ", submitted to " + sent.node() + " at "
                            + LateReasons.time(sent.at()) + ", is in block " + block.block() + " at height "
                            + block.height() + ", which " + block.node() + " showed first");
                }
            }
        }
    }

    private static String describe(HostileSubmitted sent) {
        return "transaction " + sent.transaction().toHex() + " (" + sent.kind() + ")";
    }

    private static void goesOn(RunFacts facts, Map<TxHash, HostileSubmitted> hostile) {
        if (!PlannedEffects.of(facts.run.scenario()).has(Effect.TRANSACTIONS)) {
            return;
        }
        long first = hostile.values().iterator().next().at();
        boolean submitted = false;
        boolean included = false;
        for (var event : facts.events) {
            if (event.at() > first) {
                submitted |= event instanceof JournalEvent.TransactionAccepted;
                included |= event instanceof JournalEvent.TransactionIncluded;
            }
        }
        if (submitted && !included) {
            throw new AssertionFailedError("expected valid load to go on beside " + hostile.size()
                    + " hostile transactions but nothing was included after the first one, at "
                    + LateReasons.time(first));
        }
    }
}
