package org.junitnomos.expectation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.TreeSet;
import org.junitnomos.deploy.Wallet;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.topology.LeaderOdds;

/**
 * Tells how many wallets lead in a slot, on the nodes that know them: those whose note of genesis no block has spent
 * before, on any fork. Notes that were made later lead after two epochs (node contract 3.2); to leave them out claims
 * too little, never too much.
 */
final class LeadingWallets {
    private final long all;
    private final long[] spent;

    private LeadingWallets(long all, long[] spent) {
        this.all = all;
        this.spent = spent;
    }

    static LeadingWallets of(RunFacts facts) {
        int all = new LeaderOdds(facts.run.scenario().topology()).leadingWallets();
        if (all == 0) {
            return new LeadingWallets(0, new long[0]);
        }
        var notes = new HashSet<NoteId>();
        facts.run.cluster().genesis().wallets().stream()
                .map(Wallet::genesisNote)
                .forEach(notes::add);
        var blocks = new TreeSet<>(Comparator.comparingLong(BlockObserved::slot)
                .thenComparing(block -> block.block().toHex()));
        blocks.addAll(facts.tree.blocks());
        var spent = blocks.stream()
                .flatMapToLong(block -> block.transactions().stream()
                        .flatMap(transaction -> transaction.inputs().stream())
                        .filter(notes::remove)
                        .mapToLong(note -> block.slot()))
                .toArray();
        return new LeadingWallets(all, spent);
    }

    /** How many lead in a slot. */
    long in(long slot) {
        int at = Arrays.binarySearch(spent, slot);
        while (at > 0 && spent[at - 1] == slot) {
            at--;
        }
        return all - (at >= 0 ? at : -at - 1);
    }

    /** How many lead at the end. */
    long least() {
        return all - spent.length;
    }
}
