package org.junitnomos.devnode.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.mantle.GenesisTx;

/**
 * Kills a node under load again and again; {@code -Dcampaign.kills} says how often. The node has no peer, so all it
 * knows after a start comes from its own store.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillCampaignTests {
    private static final int KILLS = Integer.getInteger("campaign.kills", 5);
    private static final long SEED = Long.getLong("campaign.seed", 4711);
    private static final int WALLETS = 20;

    /** One start in so many is killed before the node is ready. */
    private static final int EARLY = 4;

    private static final int LONGEST_START_MILLIS = 500;

    /** The others are killed after at most so many new blocks, at least one of them with a transaction. */
    private static final int MOST_BLOCKS = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestGenesis genesis = new TestGenesis(1, WALLETS);
    private final List<Thread> load = new ArrayList<>();
    private NodeWitness witness;

    @TempDir
    Path directory;

    private ChildNode node;

    @AfterEach
    void kill() throws Exception {
        stopLoad();
        if (node != null) {
            node.close();
        }
    }

    @Test
    void aKilledNodeServesEveryBlockItEverShowed() throws Exception {
        String config = ChildNode.config(
                        "validator-0",
                        0,
                        List.of("validator-1"),
                        genesis,
                        Instant.now().minusSeconds(1))
                .replace("slot_duration_ms: 200", "slot_duration_ms: 20")
                .replace("[silent-epochs]", "[silent-epochs, restart]"); // one chain over all lives
        node = new ChildNode("validator-0", directory, config);
        witness = new NodeWitness(new GenesisTx(genesis.transaction()).header().id());
        Random chance = new Random(SEED);
        for (int kills = 0; kills < KILLS; kills++) {
            if (chance.nextInt(EARLY) == 0) {
                node.launch();
                TimeUnit.MILLISECONDS.sleep(chance.nextInt(LONGEST_START_MILLIS));
            } else {
                live(1 + chance.nextInt(MOST_BLOCKS), chance);
            }
            node.process.destroyForcibly().waitFor();
            stopLoad();
        }

        node.start();
        witness.checkAll(node);
        assertThat(node.log()).doesNotContain("ERROR");
        assertThat(witness.blocks()).isPositive();
        assertThat(witness.transactions()).isPositive();
    }

    private void live(int moreBlocks, Random chance) throws IOException, InterruptedException {
        node.start();
        witness.checkNewest(node, chance);
        NodeLoad wallets = new NodeLoad(genesis, witness);
        load.add(new Thread(() -> witness.watch(node), "watch"));
        load.add(new Thread(() -> wallets.spend(node), "load"));
        int blocks = witness.blocks();
        int transactions = witness.transactions();
        load.forEach(Thread::start);
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> !witness.problems().isEmpty()
                        || (witness.blocks() >= blocks + moreBlocks && witness.transactions() > transactions));
    }

    private void stopLoad() throws InterruptedException {
        for (Thread thread : load) {
            thread.interrupt();
        }
        for (Thread thread : load) {
            thread.join();
        }
        load.clear();
        if (witness != null) {
            assertThat(witness.problems()).isEmpty();
        }
    }
}
