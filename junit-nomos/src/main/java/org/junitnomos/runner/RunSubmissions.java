package org.junitnomos.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.feed.BlockRecord;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.mantle.ChannelMessage;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.scenario.NodeOffer;
import org.junitnomos.scenario.ProofCheck;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Submission;
import org.opentest4j.AssertionFailedError;

/**
 * What the workloads and the body of one run submit through the run: offers it to nodes, remembers it, and warns of
 * what builds on something that is in no block yet, or in one that was left, and of proofs that a block has changed.
 * Thread-safe.
 */
final class RunSubmissions implements AutoCloseable {
    private final Map<TxHash, Sent> sent = new HashMap<>();
    private final Map<NoteId, TxHash> notes = new HashMap<>();
    private final Map<MsgId, TxHash> messages = new HashMap<>();
    private final Map<TxHash, List<TxHash>> children = new HashMap<>();
    private final AtomicBoolean isWatched = new AtomicBoolean();
    private volatile @Nullable AutoCloseable chain;
    private int turn;

    /** A transaction that was submitted before. */
    private static final class Sent {
        private final SignedMantleTx first;
        private boolean otherProofs;
        private int attempts;

        Sent(SignedMantleTx first) {
            this.first = first;
        }
    }

    /**
     * Offers a transaction.
     *
     * @param author workload that submits it
     * @param names nodes to ask; all that run if empty
     */
    Submission submit(RunContext run, String author, SignedMantleTx transaction, String... names) {
        watch(run);
        for (var parent : register(transaction)) {
            if (run.feed().including(parent).isEmpty()) {
                run.journal()
                        .append(new JournalEvent.DependentSubmitted(
                                run.clock().now().toNanos(), transaction.hash(), parent, author));
            }
        }
        boolean has = false;
        String refusal = "no node was running";
        for (var node : nodes(run, names)) {
            var answer = offer(run, author, transaction).to(node);
            has |= answer.isWithNode();
            refusal = answer.refusal();
            if (answer.kind() == NodeOffer.Kind.ACCEPTED || answer.kind() == NodeOffer.Kind.REJECTED) {
                break; // one that only has it may never propose it again, so the next one is asked, too
            }
        }
        return new RunSubmission(run, transaction, has ? null : refusal);
    }

    /** Looks into every block from the first submission on; the lock is not held while others are called. */
    private void watch(RunContext run) {
        if (!isWatched.getAndSet(true)) {
            var proofs = new ProofCheck(run);
            chain = run.feed().onChain(update -> {
                update.removed().forEach(block -> lookForChildren(run, block));
                update.added().forEach(block -> compare(proofs, block));
            });
        }
    }

    /** Puts on record what builds on transactions of a block that left the chain, and is in none yet. */
    private void lookForChildren(RunContext run, BlockRecord block) {
        for (var parent : block.block().transactions()) {
            for (var child : childrenOf(parent.hash())) {
                if (run.feed().including(child).isEmpty()) {
                    run.journal()
                            .append(new JournalEvent.ParentOrphaned(
                                    run.clock().now().toNanos(), child, parent.hash()));
                }
            }
        }
    }

    private synchronized List<TxHash> childrenOf(TxHash parent) {
        return List.copyOf(children.getOrDefault(parent, List.of()));
    }

    private void compare(ProofCheck proofs, BlockRecord block) {
        for (var included : block.block().transactions()) {
            var submitted = submitted(included.hash());
            if (submitted != null) {
                proofs.check(submitted, included, block);
            }
        }
    }

    /** The transaction of an id; null if it was not submitted, or with several proofs. */
    private synchronized @Nullable SignedMantleTx submitted(TxHash hash) {
        var known = sent.get(hash);
        return known == null || known.otherProofs ? null : known.first;
    }

    @Override
    public void close() throws Exception {
        var subscription = chain;
        if (subscription != null) {
            subscription.close();
        }
    }

    /** Remembers a transaction; returns those of this run that it builds on, the first time it is submitted. */
    private synchronized Set<TxHash> register(SignedMantleTx transaction) {
        var hash = transaction.hash();
        var known = sent.get(hash);
        if (known != null) {
            known.otherProofs |= !known.first.equals(transaction);
            return Set.of();
        }
        sent.put(hash, new Sent(transaction));
        var parents = new LinkedHashSet<@Nullable TxHash>();
        transaction.tx().ledgerTx().inputs().forEach(note -> parents.add(notes.get(note)));
        transaction.tx().noteIds().forEach(note -> notes.put(note, hash));
        for (var op : transaction.tx().ops()) {
            if (op instanceof ChannelMessage message) {
                parents.add(messages.get(message.parent()));
                messages.put(message.msgId(), hash);
            }
        }
        parents.remove(null);
        parents.remove(hash);
        parents.forEach(parent ->
                children.computeIfAbsent(parent, any -> new ArrayList<>(1)).add(hash));
        return parents;
    }

    private synchronized NodeOffer offer(RunContext run, String author, SignedMantleTx transaction) {
        var known = sent.computeIfAbsent(transaction.hash(), hash -> new Sent(transaction));
        known.attempts++;
        return new NodeOffer(run, author, transaction, known.attempts, known.attempts > 1 && !known.otherProofs);
    }

    private List<NodeHandle> nodes(RunContext run, String... names) {
        if (names.length > 0) {
            return Arrays.stream(names).map(run.cluster()::node).toList();
        }
        var running =
                new ArrayList<>(NodeSelector.running().choose(run.cluster().nodes()));
        Collections.rotate(running, -nextTurn());
        return running;
    }

    private synchronized int nextTurn() {
        return turn++;
    }

    /** What came of it. */
    private record RunSubmission(
            RunContext run,
            SignedMantleTx transaction,
            @Nullable String why) implements Submission {
        @Override
        public Optional<String> refusal() {
            return Optional.ofNullable(why);
        }

        @Override
        public BlockRecord awaitInBlock(Duration limit) throws InterruptedException {
            var hash = transaction.hash();
            if (why != null) {
                throw new AssertionFailedError("transaction " + hash.toHex() + " gets into no block: " + why);
            }
            var found = new ArrayList<BlockRecord>(1);
            run.clock()
                    .await(
                            "transaction " + hash.toHex() + " is in a block",
                            limit,
                            () -> run.feed().including(hash).map(found::add).orElse(false));
            return found.get(0);
        }
    }
}
