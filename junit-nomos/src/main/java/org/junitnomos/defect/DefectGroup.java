package org.junitnomos.defect;

import java.util.Locale;
import org.apiguardian.api.API;

/** The part of a node that a defect is in. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum DefectGroup {
    /** Who makes blocks, when, and what is in them. */
    LEADERSHIP("how many blocks a node makes for its stake, of which slots, and with what in them"),
    /** Which branch a node follows. */
    FORK_CHOICE("liveness, height convergence, bounded reorgs, safety"),
    /** What a node says can never change. */
    FINALITY("how the last irreversible block goes on, on every node"),
    /** Which transactions a block may have, and what they do. */
    LEDGER("safety and value, beside transactions that must never be included"),
    /** Transactions that wait for a block. */
    POOL("transaction inclusion, and whether pools empty"),
    /** What a node tells its peers, and hears of them. */
    GOSSIP("height convergence, and traffic on every link"),
    /** What a node answers clients. */
    API("that what a node tells by different routes is the same, in time and without errors"),
    /** Blobs and their shares. */
    DATA_AVAILABILITY("dispersal, blob inclusion, retrievability, and the share of each member"),
    /** What a node knows, and does, after a restart. */
    RESTART_AND_STORAGE("recovery, no unexpected restarts, clean logs"),
    /** The clock of a node. */
    TIME("liveness, and slots of blocks against the clock");

    private final String judges;

    DefectGroup(String judges) {
        this.judges = judges;
    }

    /** {@return the group as it stands in texts, for example {@code "fork choice"}} */
    public String label() {
        return this == API ? name() : name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** {@return what an expectation has to judge to notice a defect of the group, for texts} */
    public String judges() {
        return judges;
    }
}
