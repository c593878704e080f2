package org.junitnomos.workload;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.TransactionStatus;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.ChannelBlob;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.ChannelInscribe;
import org.junitnomos.mantle.ChannelSetKeys;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.Sha256;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.scenario.NodeOffer;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.NodeRole;

/** Hands blobs to executors and inscriptions to nodes, and writes down what they said. Thread-safe. */
final class BlobPublisher {
    /** Tries of one blob and the time between them (node contract 3.6). */
    private static final int TRIES = 5;

    static final String NO_EXECUTOR = "no executor was running";

    static final String ALL_BUSY = "every executor was busy with other blobs";

    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** Time between looks for an executor that is free. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private final RunContext run;
    private final Journal journal;
    private final String workload;
    private final ExecutorTurns turns;

    /**
     * @param atOnce blobs that one executor disperses at the same time
     */
    BlobPublisher(RunContext run, String workload, int atOnce) {
        this.run = run;
        this.journal = run.journal();
        this.workload = workload;
        this.turns = new ExecutorTurns(atOnce);
    }

    /** Tries executors until one disperses the bytes; false if none did in five tries, or the run ended. */
    boolean publish(PendingMessage message, ChannelId channel) throws InterruptedException {
        String content = Sha256.hex(message.data);
        for (int tries = 0; tries < TRIES && run.isDriving(); tries++) {
            if (tries > 0) {
                run.clock().sleep(PAUSE);
            }
            var executor = begin(message);
            if (executor != null) {
                try {
                    if (disperse(message, content, channel, executor)) {
                        return true;
                    }
                } finally {
                    turns.end(executor);
                }
            }
        }
        return false;
    }

    /** Waits until an executor is free to disperse a blob; null, and a refusal, if none runs or the run ended. */
    private @Nullable NodeHandle begin(PendingMessage message) throws InterruptedException {
        while (run.isDriving()) {
            var executors = executors();
            if (executors.isEmpty()) {
                message.refusal = NO_EXECUTOR;
                return null;
            }
            var free = turns.begin(executors);
            if (free != null) {
                return free;
            }
            if (message.attempts == 0) { // else what executors said before says more
                message.refusal = ALL_BUSY;
            }
            run.clock().sleep(LOOK);
        }
        return null;
    }

    private List<NodeHandle> executors() {
        return NodeSelector.running().choose(run.cluster().nodes()).stream()
                .filter(node -> node.spec().role() == NodeRole.EXECUTOR)
                .toList();
    }

    private boolean disperse(PendingMessage message, String content, ChannelId channel, NodeHandle executor) {
        String node = executor.name();
        message.attempts++;
        journal.append(new JournalEvent.BlobSubmitted(
                at(), content, workload, node, channel, message.parent, message.data.length, message.attempts));
        BlobId blob;
        try {
            blob = executor.client()
                    .blobs()
                    .disperse(new BlobRequest.Disperse(
                            channel, message.parent, Ed25519PrivateKey.ZERO.publicKey(), message.data));
        } catch (NodeApiException failure) {
            boolean cut = NodeOffer.isCut(failure);
            if (!cut) {
                journal.append(new JournalEvent.BlobRefused(at(), content, node, failure.status(), failure.reason()));
            }
            if (!cut || message.attempts == 1) { // else what executors said before says more
                message.refusal = NodeOffer.refusal(executor, failure);
            }
            return false;
        }
        journal.append(new JournalEvent.BlobDispersed(at(), content, node, blob));
        message.blob = blob;
        message.node = node;
        message.pooled = false;
        return true;
    }

    /** Asks the executor of a blob whether its announcement is in the mempool; asked again until it is. */
    void lookInPool(PendingMessage message, ChannelId channel, long session) {
        var blob = message.blob;
        var executor = run.cluster().nodes().stream()
                .filter(node -> node.name().equals(message.node) && node.isRunning() && !node.isPaused())
                .findFirst();
        if (blob == null || executor.isEmpty()) {
            return;
        }
        var candidates = List.of(
                announcement(message, blob, channel, session), announcement(message, blob, channel, session + 1));
        List<TransactionStatus> statuses;
        try {
            statuses = executor.get().client().transactionStatus(candidates);
        } catch (NodeApiException failure) {
            return;
        }
        for (int i = 0; i < statuses.size() && !message.pooled; i++) {
            var kind = statuses.get(i).kind();
            if (kind == TransactionStatus.Kind.PENDING || kind == TransactionStatus.Kind.IN_BLOCK) {
                message.pooled = true;
                journal.append(new JournalEvent.BlobPooled(
                        at(), blob, candidates.get(i), executor.get().name()));
            }
        }
    }

    /** The transaction with which an executor announces a blob (node contract 4.3, step 3). */
    private static TxHash announcement(PendingMessage message, BlobId blob, ChannelId channel, long session) {
        var op = new ChannelBlob(
                channel, session, blob, message.data.length, 0, message.parent, Ed25519PrivateKey.ZERO.publicKey());
        return MantleTx.of(List.of(op), LedgerTx.EMPTY).hash();
    }

    /** Hands an inscription to the first running node that takes it; false if none did. */
    boolean inscribe(PendingMessage message, ChannelId channel, Ed25519PrivateKey key, List<Ed25519PrivateKey> signers)
            throws InterruptedException {
        var op = new ChannelInscribe(channel, message.data, message.parent, key.publicKey());
        message.message = op.msgId();
        boolean shared = signers.size() > 1 && message.parent.equals(MsgId.ZERO);
        var transaction = shared ? openFor(op, key, signers) : run.sign(MantleTx.of(List.of(op), LedgerTx.EMPTY), key);
        journal.append(new JournalEvent.InscriptionSubmitted(
                at(), workload, channel, op.msgId(), message.parent, transaction.hash()));
        message.refusal = Submissions.NO_NODE;
        for (var node : NodeSelector.running().choose(run.cluster().nodes())) {
            message.attempts++;
            var answer = new NodeOffer(run, workload, transaction, message.attempts, message.attempts > 1).to(node);
            if (answer.isWithNode()) {
                return true;
            }
            message.refusal = answer.refusal();
        }
        return false;
    }

    /**
     * Hands in a message that only moves the end of a channel, to the first running node that takes it. It goes around
     * the record, as it may lose its place to a blob that gets there after all.
     */
    void move(ChannelId channel, MsgId parent, byte[] text, List<Ed25519PrivateKey> signers)
            throws InterruptedException {
        var op = new ChannelInscribe(channel, text, parent, signers.get(0).publicKey());
        boolean shared = signers.size() > 1 && parent.equals(MsgId.ZERO);
        var transaction = shared
                ? openFor(op, signers.get(0), signers)
                : run.sign(MantleTx.of(List.of(op), LedgerTx.EMPTY), signers.get(0));
        for (var node : NodeSelector.running().choose(run.cluster().nodes())) {
            try {
                node.client().submit(transaction);
                return;
            } catch (NodeApiException failure) {
                // the next one may take it; else it is tried again when the blob was missing for as long once more
            }
        }
    }

    /** Lets further keys write to the channel, before the inscription. */
    private SignedMantleTx openFor(ChannelInscribe op, Ed25519PrivateKey key, List<Ed25519PrivateKey> signers)
            throws InterruptedException {
        var keys = signers.stream().map(Ed25519PrivateKey::publicKey).toList();
        var ops = List.of(new ChannelSetKeys(op.channel(), keys), op);
        return run.sign(MantleTx.of(ops, LedgerTx.EMPTY), signers.get(0), key);
    }

    private long at() {
        return run.clock().now().toNanos();
    }
}
