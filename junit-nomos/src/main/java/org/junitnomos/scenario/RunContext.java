package org.junitnomos.scenario;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalViews;
import org.junitnomos.journal.RunPhase;

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
