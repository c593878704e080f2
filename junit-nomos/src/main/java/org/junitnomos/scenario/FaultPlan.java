package org.junitnomos.scenario;

import java.time.Duration;
import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.journal.JournalEvent.FaultPlanned;

/**
 * What one workload decides about faults: it goes on record, and in a run that replays another one the decisions
 * of that run stand in for those of chance. Thread-safe.
 *
 * <p>A workload asks {@link #isReplay()}. If not so, it draws and puts each decision on record with {@link #decide}
 * when it is due. If so, it does what {@link #recorded()} says at the offsets it says, and decides the same again.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface FaultPlan {
    /**
     * Returns the name under which the decisions are on record.
     *
     * @return the name of the workload; with a number if several of the plan have it
     */
    String workload();

    /**
     * Says whether the run replays another one.
     *
     * @return true if {@link #recorded()} takes the place of chance
     */
    boolean isReplay();

    /**
     * Lists the decisions of the run that is replayed.
     *
     * @return those of this workload in their order, with the offsets at which they were carried out; empty if it made
     *     none, or nothing is replayed
     */
    List<FaultPlanned> recorded();

    /**
     * Returns the time since the drive began, from which offsets count.
     *
     * @return 0 or more
     */
    Duration elapsed();

    /**
     * Puts a decision on record, just before it is carried out; how late that is, is measured.
     *
     * @param offset when it is due, since the drive began
     * @param kind what will be done, for example {@code "restart"}
     * @param targets nodes it will be done to
     * @param duration how long it will stay in force; 0 if it does not last, or for the rest of the run
     */
    void decide(Duration offset, String kind, List<String> targets, Duration duration);
}
