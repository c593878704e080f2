package org.junitnomos.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.Wallet;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.feed.ChainNotes;
import org.junitnomos.feed.OwnedNote;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalViews;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.metrics.RunMetrics;

/** Gives workloads, expectations and test bodies access to the run they are part of. Thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface RunContext {
    /**
     * Returns the plan.
     *
     * @return the scenario
     */
    Scenario scenario();

    /**
     * Returns the seed of this run.
     *
     * @return replays the run with {@code -Dnomos.seed=…}
     */
    long seed();

    /**
     * Returns the clock of this run.
     *
     * @return the clock through which every wait goes
     */
    ScenarioClock clock();

    /**
     * Returns a stream of chance of its own.
     *
     * @param stream name of the stream; the same name gives the same object
     * @return drawn from the seed of the run and the name, so that other streams do not shift it
     */
    Random random(String stream);

    /**
     * Returns the cluster.
     *
     * @return the running cluster
     */
    Cluster cluster();

    /**
     * Returns control over nodes and links; what is done with it is on record as a fault.
     *
     * @return the control
     */
    NodeControl control();

    /**
     * Returns what the workload decides about faults; each workload has its own.
     *
     * @return the decisions; those of the test body outside of workloads
     */
    FaultPlan faultPlan();

    /**
     * Returns the client of a node.
     *
     * @param node name of the node
     * @return its client
     */
    default NodeClient client(String node) {
        return cluster().node(node).client();
    }

    /**
     * Returns the owner to name in notes that a key of your own is to spend; wallets know theirs.
     *
     * @param key the key
     * @return the owner for whom {@link #sign(MantleTx, Ed25519PrivateKey, Ed25519PrivateKey...)} signs with it
     */
    ZkPublicKey ownerOf(Ed25519PrivateKey key);

    /**
     * Signs a transaction that spends notes of a wallet.
     *
     * @param transaction spends no notes of others
     * @param wallet owns what it spends
     * @param signers keys of the messages that it writes to channels, in any order
     * @return the transaction with its proofs
     * @throws InterruptedException if the run window ended meanwhile
     * @throws IllegalArgumentException if a message names a signer whose key is missing
     * @see #sign(MantleTx, Ed25519PrivateKey, Ed25519PrivateKey...)
     */
    default SignedMantleTx sign(MantleTx transaction, Wallet wallet, Ed25519PrivateKey... signers)
            throws InterruptedException {
        return sign(transaction, wallet.key(), signers);
    }

    /**
     * Signs a transaction that spends notes of a key's {@linkplain #ownerOf owner}, or none.
     *
     * <p>Blocks until the proof is made. Dev nodes want one that takes no time; a proof in zero knowledge takes 0.25 to
     * 0.5 s of a processor. So sign on threads of the run ({@link #spawn}) and ahead of time what is to be submitted
     * at a rate; any number of threads may sign at once.
     *
     * @param transaction spends no notes of others
     * @param key owns what it spends, and may sign messages as well
     * @param more further keys of the messages that it writes to channels, in any order
     * @return the transaction with its proofs
     * @throws InterruptedException if the run window ended meanwhile
     * @throws IllegalArgumentException if a message names a signer whose key is missing
     */
    SignedMantleTx sign(MantleTx transaction, Ed25519PrivateKey key, Ed25519PrivateKey... more)
            throws InterruptedException;

    /**
     * Submits a transaction to nodes, one after the other until one takes it anew or refuses it, and puts on record
     * what they say and what becomes of it: {@code TransactionInclusion} judges it as it does the load of {@code
     * @Transactions}. What is submitted to a {@linkplain #client client} is neither.
     *
     * <p>If the transaction builds on one that was submitted here and is in no block yet, the report warns of it: a
     * node tries what is pending once, ascending by id and not by arrival, and drops what fails (node contract 3.5),
     * so half of such transactions are lost. {@linkplain Submission#awaitInBlock Wait} for the other one first.
     *
     * @param transaction signed by {@link #sign(MantleTx, Ed25519PrivateKey, Ed25519PrivateKey...)}
     * @param nodes names of the nodes to ask, in that order; by default all that run, beginning with another one each
     *     time
     * @return what the nodes said; a refusal is no exception
     * @throws IllegalArgumentException if there is no node of a name
     */
    Submission submit(SignedMantleTx transaction, String... nodes);

    /**
     * Returns what somebody owns on the reference chain of the block feed, as it is now; a reorg may change it.
     *
     * <p>No node is asked: a node tells balances of the keys that its wallet knows only, and executors tell none (node
     * contract 1.4).
     *
     * @param owner a wallet's, or {@link #ownerOf} of a key
     * @return the notes that are not spent, oldest first; empty if there is none
     */
    default List<OwnedNote> notesOf(ZkPublicKey owner) {
        return new ChainNotes(cluster().genesis().transaction(), feed().chain()).of(owner);
    }

    /**
     * Returns what somebody's notes are worth on the reference chain of the block feed; see {@link #notesOf}.
     *
     * @param owner a wallet's, or {@link #ownerOf} of a key
     * @return the sum in base units, unsigned; 0 if it owns nothing
     */
    default long balanceOf(ZkPublicKey owner) {
        return notesOf(owner).stream().mapToLong(OwnedNote::value).sum();
    }

    /**
     * Returns what a wallet has on the reference chain of the block feed; see {@link #notesOf}.
     *
     * @param wallet of the genesis
     * @return the sum of its notes in base units, unsigned; 0 if it has spent all
     */
    default long balanceOf(Wallet wallet) {
        return balanceOf(wallet.owner());
    }

    /**
     * Returns the block feed over all nodes.
     *
     * @return the feed
     */
    BlockFeed feed();

    /**
     * Returns the record of this run.
     *
     * @return the journal
     */
    Journal journal();

    /**
     * Returns what nodes tell of themselves and what our own client sees of them, in numbers: now and in the course of
     * the run.
     *
     * @return the metrics
     */
    RunMetrics metrics();

    /**
     * Returns the transactions that were submitted through this run: by workloads, and by {@link #submit}.
     *
     * @return what became of them
     */
    default RunTransactions transactions() {
        return RunLedgers.transactions(this);
    }

    /**
     * Returns the blobs that workloads of this run submitted.
     *
     * @return what became of them
     */
    default RunBlobs blobs() {
        return RunLedgers.blobs(this);
    }

    /**
     * Writes the text of a failure with what one needs to look further: how long the run was driven, the cluster, the
     * seed, where logs, journal and report are, and the command that replays it.
     *
     * @param about what it is about, such as the name of a node
     * @param found what is wrong
     */
    @API(status = API.Status.INTERNAL, since = "0.1")
    default String explain(String about, String found) {
        return about + ": " + found + "\n  seed: " + seed();
    }

    /**
     * Returns views of the record of this run, which all its expectations share.
     *
     * @return the views; to be read by one expectation after the other
     */
    @API(status = API.Status.INTERNAL, since = "0.1")
    default JournalViews views() {
        return new JournalViews(journal());
    }

    /**
     * Says whether the run window is open.
     *
     * @return true while the run is driven
     */
    boolean isDriving();

    /**
     * Says why the run window ended early, for expectations: what the run never got to do cannot be judged.
     *
     * @return the reason, as the end of phase DRIVE in the journal has it, for example {@code "the test body failed:
     *     …"}; empty while the run is driven, and if it was driven to the end
     */
    default Optional<String> cut() {
        return journal().events(JournalEvent.PhaseEnded.class).stream()
                .filter(ended -> ended.phase() == RunPhase.DRIVE && ended.problem() != null)
                .findFirst()
                .map(JournalEvent.PhaseEnded::problem);
    }

    /**
     * Starts a thread that the run manages and joins.
     *
     * @param name stands in failures
     * @param body what it does; a failure fails the run
     */
    void spawn(String name, Body body);

    /**
     * Puts a line on record.
     *
     * @param author who says it
     * @param text what it says
     */
    void note(String author, String text);

    /**
     * Returns the directory of this run's evidence.
     *
     * @return an existing directory
     */
    Path directory();

    /** Does something on a managed thread. */
    @FunctionalInterface
    interface Body {
        /**
         * Does it.
         *
         * @throws Exception if it fails
         */
        void run() throws Exception;
    }
}
