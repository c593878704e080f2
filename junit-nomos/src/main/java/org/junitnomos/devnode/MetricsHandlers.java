package org.junitnomos.devnode;

import org.junitnomos.devnode.chain.Chain;
import org.junitnomos.devnode.chain.ChainBlock;
import org.junitnomos.devnode.mempool.Mempool;

/** Answers {@code GET /metrics} of the testing port; the program adds those of its connections. */
final class MetricsHandlers {
    private final Chain chain;
    private final BlockIntake intake;
    private final Mempool mempool;
    private final LinkQualities links;

    MetricsHandlers(Chain chain, BlockIntake intake, Mempool mempool, LinkQualities links) {
        this.chain = chain;
        this.intake = intake;
        this.mempool = mempool;
        this.links = links;
    }

    ApiResponse show(ApiRequest request, String value, long now) {
        ChainBlock tip = chain.tip();
        return new MetricLines()
                .counter("consensus_processed_blocks", "Blocks applied since the start.", intake.applied())
                .gauge("nomos_dev_node_height", "Height of the tip.", tip.height())
                .gauge("nomos_dev_node_tip_slot", "Slot of the tip.", tip.slot())
                .gauge(
                        "nomos_dev_node_lib_height",
                        "Height of the last irreversible block.",
                        chain.lib().height())
                .gauge("nomos_dev_node_mempool_pending", "Pending transactions.", mempool.pendingCount())
                .gauge("nomos_dev_node_peers", "Peers heard lately.", links.countConnected(now))
                .response();
    }
}
