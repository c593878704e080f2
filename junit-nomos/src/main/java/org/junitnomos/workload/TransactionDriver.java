package org.junitnomos.workload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Wallet;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.feed.BlockRecord;
import org.junitnomos.feed.ChainNotes;
import org.junitnomos.feed.OwnedNote;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.scenario.ProofCheck;
import org.junitnomos.scenario.RunContext;

/** Drives one {@link TransactionWorkload} through one run, on one thread; only the queue of updates is shared, and in
 * real time transactions are submitted by several threads. */
final class TransactionDriver {
    /** Blocks to wait after a reorg before what is still missing is submitted again. */
    private static final int PATIENCE = 2;

    private final RunContext run;
    private final TransactionWorkload workload;
    private final BlockFeed feed;
    private final Submissions submissions;
    private final Signatures signatures;
    private final ProofCheck proofs;
    private final NodeReorgs reorgs;
    private final int securityParameter;
    private final int mostWaiting;
    private final Queue<BlockFeed.ChainUpdate> updates = new ConcurrentLinkedQueue<>();
    private final Map<TxHash, PendingTransaction> byHash = new HashMap<>();
    private final List<Account> accounts = new ArrayList<>();
    private final Deque<Account> ready = new ArrayDeque<>();

    TransactionDriver(RunContext run, TransactionWorkload workload) {
        this.run = run;
        this.workload = workload;
        this.feed = run.feed();
        this.submissions = new Submissions(run, workload);
        this.signatures = new Signatures(run);
        this.proofs = new ProofCheck(run);
        this.reorgs = new NodeReorgs(run);
        this.mostWaiting = workload.mostWaiting(run.scenario());
        this.securityParameter = run.scenario().topology().consensus().securityParameter();
    }

    void drive() throws Exception {
        try (submissions;
                signatures;
                var subscription = feed.onChain(updates::add);
                var load = new TransactionLoad(run, workload, openAccounts())) {
            while (run.isDriving()) {
                absorbUpdates();
                doubt(reorgs.look(), load.height());
                submitAgain(load.height());
                signAhead(load);
                submit(load);
                NextBlock.await(run, load.height() + 1);
                load.follow();
            }
        }
    }

    /** Finds the note that each wallet owns now: of genesis, or of the last run on this cluster; returns how many. */
    private int openAccounts() {
        var wallets = run.cluster().genesis().wallets();
        int users = workload.users() == TransactionWorkload.ALL_WALLETS ? wallets.size() : workload.users();
        var notes = new LinkedHashMap<ZkPublicKey, OwnedNote>();
        for (var note : new ChainNotes(run.cluster().genesis().transaction(), feed.chain()).all()) {
            notes.put(note.owner(), note);
        }
        for (Wallet wallet : wallets.subList(0, users)) {
            var genesis = new OwnedNote(wallet.genesisNote(), wallet.value(), wallet.owner());
            var account = new Account(wallet, notes.getOrDefault(wallet.owner(), genesis));
            accounts.add(account);
            ready.add(account);
        }
        return users;
    }

    private void absorbUpdates() {
        for (var update = updates.poll(); update != null; update = updates.poll()) {
            for (var record : update.removed()) {
                for (var transaction : record.block().transactions()) {
                    remove(byHash.get(transaction.hash()), record);
                }
            }
            for (var record : update.added()) {
                for (var transaction : record.block().transactions()) {
                    add(byHash.get(transaction.hash()), transaction, record);
                }
            }
        }
    }

    private void remove(@Nullable PendingTransaction sent, BlockRecord record) {
        if (sent == null) {
            return;
        }
        sent.includedAt = PendingTransaction.NOT_INCLUDED;
        sent.account.disturb(sent, record.height());
        var child = sent.account.childOf(sent);
        if (child != null && !child.isIncluded()) {
            run.journal()
                    .append(new JournalEvent.ParentOrphaned(
                            run.clock().now().toNanos(), child.transaction.hash(), sent.transaction.hash()));
        }
        if (sent == sent.account.last()) {
            ready.remove(sent.account);
        }
    }

    private void add(@Nullable PendingTransaction sent, SignedMantleTx included, BlockRecord record) {
        if (sent == null || sent.isIncluded()) {
            return;
        }
        proofs.check(sent.transaction, included, record);
        sent.includedAt = record.height();
        sent.disturbedAt = -1;
        if (sent == sent.account.last()) {
            ready.addLast(sent.account);
        }
        sent.account.forgetUpTo(record.height() - securityParameter, old -> byHash.remove(old.transaction.hash()));
    }

    /** What a node took that left a branch since then may be gone with it. */
    private void doubt(List<String> nodes, long height) {
        if (nodes.isEmpty()) {
            return;
        }
        for (var account : accounts) {
            var last = account.last();
            if (last != null && !last.isIncluded() && !last.isInDoubt() && nodes.contains(last.takenBy)) {
                last.disturbedAt = height;
            }
        }
    }

    /** How many wait for a block, as far as this workload knows. */
    private int waiting() {
        return accounts.size() - ready.size();
    }

    private void submitAgain(long height) {
        var due = new ArrayList<PendingTransaction>();
        for (var account : accounts) {
            for (var sent : account.open()) {
                if (sent.isInDoubt() && sent.isFounded() && height >= sent.disturbedAt + PATIENCE) {
                    due.add(sent);
                }
            }
        }
        int room = mostWaiting - waiting() + due.size();
        for (var sent : due.subList(0, Math.max(0, Math.min(room, due.size())))) {
            sent.disturbedAt = height;
            submissions.submitAgain(sent);
        }
    }

    private void submit(TransactionLoad load) throws InterruptedException {
        List<PendingTransaction> together = new ArrayList<>();
        while (load.left() > 0 && run.isDriving()) {
            if (waiting() >= mostWaiting) {
                load.blocksFull();
                break;
            }
            var account = nextSigned();
            if (account == null) {
                if (ready.isEmpty()) {
                    load.nobodyReady();
                } else {
                    load.nothingSigned();
                }
                break;
            }
            var last = account.last();
            var sent = account.isToBeRepeated() && last != null
                    ? last
                    : load.timeSigning(() -> account.spend(run, signatures));
            byHash.put(sent.transaction.hash(), sent);
            load.take();
            if (submissions.areParallel()) {
                together.add(sent);
            } else {
                submissions.submit(sent);
                settle(load, sent);
            }
        }
        var start = run.clock().now();
        submissions.submitAll(together);
        load.answered(run.clock().now().minus(start));
        together.forEach(sent -> settle(load, sent));
    }

    /** Begins to sign what is due, and what will be with the next blocks. */
    private void signAhead(TransactionLoad load) {
        long wanted = load.left() + (long) signatures.blocksAhead() * workload.rate();
        for (var account : ready) {
            if (wanted-- <= 0) {
                return;
            }
            if (!account.isToBeRepeated()) {
                account.prepare(run, signatures);
            }
        }
    }

    /** Takes the first account that can spend without a wait for its signature; null if there is none. */
    private @Nullable Account nextSigned() {
        if (!signatures.decideOrder()) {
            return ready.pollFirst();
        }
        for (var account : ready) {
            if (account.isToBeRepeated() || account.isSigned()) {
                ready.remove(account);
                return account;
            }
        }
        return null;
    }

    private void settle(TransactionLoad load, PendingTransaction sent) {
        load.settle(sent);
        tryAgainIfRefused(sent);
    }

    /** If no node took it, the same transaction is tried again with the next block. */
    private void tryAgainIfRefused(PendingTransaction sent) {
        if (!sent.accepted) {
            ready.addLast(sent.account);
        }
    }
}
