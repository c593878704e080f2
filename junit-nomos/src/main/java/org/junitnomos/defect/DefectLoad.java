package org.junitnomos.defect;

import org.apiguardian.api.API;

/** What has to happen in a run before a defect can show. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum DefectLoad {
    /** Nothing but blocks and the questions that every run asks. */
    BLOCKS("blocks", "any scenario"),
    /** Blocks that a node gets from one peer and has to tell another one of, which is not linked with the first. */
    RELAYED_BLOCKS("relayed blocks", "a layout in which nodes stand between others: STAR or CHAIN"),
    /** Valid transactions. */
    TRANSACTIONS("transactions", "@Transactions"),
    /** Transactions that must never be included. */
    HOSTILE("hostile transactions", "@HostileTransactions"),
    /** Blobs. */
    BLOBS("blobs", "@DataAvailability"),
    /** A node that is stopped or killed, and started again. */
    RESTARTS("restarts", "@RandomRestarts"),
    /** Links that are cut, and healed. */
    PARTITION("partition", "@Partition"),
    /** Links that are cut for longer than blocks take to become final. */
    LONG_PARTITION("long partition", "@Partition for longer than k blocks"),
    /** Questions about balances. */
    BALANCES("balances", "an expectation or a test that asks for balances"),
    /** Streams that are read. */
    STREAMS("streams", "an expectation or a test that reads the streams of blocks");

    private final String label;
    private final String source;

    DefectLoad(String label, String source) {
        this.label = label;
        this.source = source;
    }

    /** {@return the load as it stands in texts, for example {@code "long partition"}} */
    public String label() {
        return label;
    }

    /** {@return what brings the load into a scenario, for texts} */
    public String source() {
        return source;
    }
}
