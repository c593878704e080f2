package org.junitnomos.scenario;

import java.util.ArrayList;
import java.util.List;
import org.junitnomos.topology.LeaderOdds;

/**
 * Follows the mean of a run, epoch by epoch: blocks let workloads spend the notes of wallets, and what is spent does
 * not lead (node contract 3.2, 3.3). Exact where nodes know no wallets.
 */
final class BlockForecast {
    /** From then on the epochs are alike. */
    private static final int EPOCHS = 8;

    private static final int STEPS_PER_EPOCH = 100;
    private static final int STEPS_PER_RUN = 1_000;

    private final LeaderOdds odds;
    private final long epoch;
    private final double leading;
    private double users;
    private double perBlock;
    private double blocks;
    private double last;

    BlockForecast(Scenario scenario, long slots) {
        var topology = scenario.topology();
        this.odds = new LeaderOdds(topology);
        this.epoch = topology.consensus().epochSlots();
        this.leading = odds.leadingWallets();
        this.last = odds.chanceOfBlock(leading);
        if (leading > 0) {
            for (var workload : scenario.workloads()) {
                var use = workload.walletUse(scenario);
                users = Math.min(leading, Math.max(users, use.wallets()));
                perBlock += use.wallets() > 0 ? use.perBlock() : 0;
            }
        }
        if (users > 0 && perBlock > 0) {
            follow(slots);
        } else {
            blocks = last * slots;
        }
    }

    private void follow(long slots) {
        long step = Math.max(1, Math.min(epoch / STEPS_PER_EPOCH, slots / STEPS_PER_RUN));
        List<Double> atStart = new ArrayList<>();
        long slot = 0;
        while (slot < slots && slot < EPOCHS * epoch) {
            int now = (int) (slot / epoch);
            if (atStart.size() == now) {
                atStart.add(blocks);
            }
            // In the first two epochs the notes of genesis lead, then those that are older than the last epoch.
            double spent = perBlock * (blocks - (now < 2 ? 0 : atStart.get(now - 1)));
            last = odds.chanceOfBlock(leading - Math.min(users, spent));
            long length = Math.min(step, Math.min(slots, (now + 1) * epoch) - slot);
            blocks += last * length;
            slot += length;
        }
        if (slot < slots) {
            last = (blocks - atStart.get(EPOCHS - 1)) / epoch;
            blocks += last * (slots - slot);
        }
    }

    /** The mean number of blocks in all slots. */
    double blocks() {
        return blocks;
    }

    /** The chance of a block in the last slot. */
    double last() {
        return last;
    }
}
