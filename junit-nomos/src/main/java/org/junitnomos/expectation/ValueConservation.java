package org.junitnomos.expectation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.WalletBalance;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.feed.ChainNotes;
import org.junitnomos.feed.OwnedNote;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.journal.NoteLedger;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.NodeRole;
import org.opentest4j.AssertionFailedError;

/**
 * Expects that value is neither lost nor created: on the reference chain every transaction spends notes that are
 * there, once, and creates what they are worth but for its gas; all notes and all gas together are what genesis handed
 * out; and each node, asked for the balances of all keys that its wallet knows, tells what the notes of its chain are
 * worth together, each output of each transaction included (node contract 1.4, 2.4).
 *
 * <p>Inconclusive if no block was seen.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ValueConservation() implements Expectation {
    @Override
    public void evaluate(RunContext run) {
        var facts = new RunFacts(run);
        if (facts.tree.size() == 0) {
            throw new InconclusiveException("no block was seen");
        }
        var problems = new ArrayList<String>();
        var genesis = run.cluster().genesis().transaction().tx().ledgerTx();
        var ledger = NoteLedger.replay(
                TransactionSummary.of(run.cluster().genesis().transaction()).outputs(), facts.tree.chain());
        ledger.violations()
                .forEach(found -> problems.add("  transaction " + found.transaction() + " in block " + found.block()
                        + " at height " + found.height() + ": " + found.detail()));
        if (problems.isEmpty()) {
            supply(facts, genesis, ledger, problems);
            balances(run, facts, problems);
        }
        if (!problems.isEmpty()) {
            throw new AssertionFailedError(
                    "expected that value is neither lost nor created but:\n" + Listing.of(problems));
        }
    }

    private static void supply(RunFacts facts, LedgerTx genesis, NoteLedger ledger, List<String> problems) {
        var handedOut =
                genesis.outputs().stream().map(note -> unsigned(note.value())).reduce(BigInteger.ZERO, BigInteger::add);
        var gas = facts.tree.chain().stream()
                .flatMap(block -> block.transactions().stream())
                .map(transaction -> unsigned(transaction.fee()))
                .reduce(BigInteger.ZERO, BigInteger::add);
        var there = ledger.supply();
        if (!there.add(gas).equals(handedOut)) {
            problems.add("  the notes of the chain are worth " + there + " and gas was " + gas + ", but genesis handed"
                    + " out " + handedOut);
        }
    }

    private static void balances(RunContext run, RunFacts facts, List<String> problems) {
        var genesis = run.cluster().genesis();
        for (var node : NodeSelector.running().choose(run.cluster().nodes())) {
            int index = node.spec().index();
            if (node.spec().role() == NodeRole.EXECUTOR
                    || index >= genesis.leaders().size()) {
                continue;
            }
            try {
                var tip = node.client().cryptarchiaInfo().tip();
                facts.readOn();
                if (facts.tree.heightOf(tip) < 0) {
                    continue;
                }
                var chain = facts.tree.chainTo(tip).stream()
                        .flatMap(block -> run.feed().find(block.block()).stream())
                        .toList();
                var notes = new ChainNotes(genesis.transaction(), chain);
                BigInteger expected = BigInteger.ZERO;
                BigInteger told = BigInteger.ZERO;
                for (var key : genesis.knownKeys(
                        run.scenario().topology(), genesis.leaders().get(index))) {
                    for (OwnedNote note : notes.of(key)) {
                        expected = expected.add(unsigned(note.value()));
                    }
                    told = told.add(unsigned(node.client()
                            .walletBalance(key, null)
                            .map(WalletBalance::balance)
                            .orElse(0L)));
                }
                if (!told.equals(expected)
                        && node.client().cryptarchiaInfo().tip().equals(tip)) {
                    problems.add("  " + node.name() + " tells balances of " + told + " for the keys of its wallet, but"
                            + " their notes on its chain are worth " + expected);
                }
            } catch (NodeApiException e) {
                problems.add("  " + node.name() + " does not tell balances: " + e.reason());
            }
        }
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }
}
