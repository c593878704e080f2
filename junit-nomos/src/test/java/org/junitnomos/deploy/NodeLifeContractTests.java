package org.junitnomos.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRule;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** Nodes live, and miss blocks and slots, as real ones do (node contract 2.9, 3.1, 5.2); one subclass a backend. */
public abstract class NodeLifeContractTests extends BackendContract {
    private static final Pattern SLOTS_BEHIND = Pattern.compile("Was halted: plays (\\d+) slots behind its clock");

    protected NodeLifeContractTests(Backend backend) {
        super(backend);
    }

    @Test
    void aNodeThatIsStartedAgainBeginsAtGenesisAndItsOldBlocksCanBeRead() throws Exception {
        deployed(topology(1, 0, NetworkLayout.STAR), cluster -> {
            awaitHeight(cluster, 5, "validator-0");
            var old = tip(cluster, "validator-0");

            cluster.control().restart("validator-0");
            awaitHeight(cluster, 1, "validator-0");

            assertThat(chain(cluster, "validator-0")).doesNotContain(old);
            assertThat(knows(cluster, "validator-0", old)).isTrue();
        });
    }

    @Test
    void aKinderNodeGoesOnFromItsStore() throws Exception {
        requires(Capability.KINDER_NODES);
        var kinder = new TopologySpec(
                1,
                0,
                NetworkLayout.STAR,
                new ConsensusParameters(SLOT, new BigDecimal("0.9"), SECURITY_PARAMETER, Set.of(NodeRule.RESTART)),
                WalletSpec.NONE,
                FAST,
                Map.of());
        deployed(kinder, cluster -> {
            awaitHeight(cluster, 5, "validator-0");
            var old = tip(cluster, "validator-0");

            cluster.control().restart("validator-0");

            assertThat(chain(cluster, "validator-0")).contains(old);
        });
    }

    @Test
    void aNodeThatIsStartedAgainFindsTheChainWithAProposal() throws Exception {
        deployed(3, cluster -> {
            awaitHeight(cluster, 5, "validator-2");
            var old = tip(cluster, "validator-2");

            cluster.control().restart("validator-2");

            awaitCaughtUp(cluster, "validator-2", "validator-0");
            if (backend.runsDevNodes()) {
                assertThat(log(cluster, "validator-2")).contains(" blocks of earlier lives can be read.");
            }
            assertThat(knows(cluster, "validator-2", old)).isTrue();
        });
    }

    @Test
    void aBlockWithATransactionThatANodeDoesNotHaveIsForgottenUntilALaterOneLeadsToIt() throws Exception {
        requires(Capability.PARTITION);
        requiresDevNodes("that they lack a transaction of a block"); // real ones get it once they are linked again
        deployed(2, cluster -> {
            var genesis = new TestGenesis(1, 100);
            var next = new AtomicInteger();
            // whether the block comes before the links are up again is a matter of luck
            await("a block with a transaction that validator-1 does not have", () -> {
                cluster.control().isolate("validator-1");
                cluster.node("validator-0").client().submit(genesis.inscribe(next.getAndIncrement(), 100));
                cluster.control().heal();
                timeline.sleep(SLOT.multipliedBy(2));
                return log(cluster, "validator-1").contains("Failed to reconstruct block ");
            });

            awaitCaughtUp(cluster, "validator-1", "validator-0");
        });
    }

    /** While the first orphan is on its way, the blocks that follow it come as orphans, too; the other never leads. */
    @Test
    void oneOrphanIsFetchedFiveWaitAndMoreAreIgnored() throws Exception {
        requires(Capability.LINK_QUALITY);
        requiresDevNodes("which orphans they ignore");
        level = LogLevel.DEBUG;
        deployed(topology(2, 0, NetworkLayout.FULL, new WalletSpec(2, 100), List.of(0, 1)), cluster -> {
            cluster.control().link("validator-0", "validator-1", new LinkSpec(SLOT.multipliedBy(15), Duration.ZERO, 0));
            var cut = cluster.control().isolate("validator-1");
            awaitHeight(cluster, height(cluster, "validator-1") + 2, "validator-1");

            cluster.control().heal(cut);

            await(
                    "a sixth orphan is ignored",
                    () -> log(cluster, "validator-0")
                            .lines()
                            .anyMatch(line -> line.contains("Ignored orphan ") && line.endsWith(": 5 others wait.")));
            cluster.control().heal();
            awaitCaughtUp(cluster, "validator-0", "validator-1");
        });
    }

    @Test
    void aNodeThatWasHaltedGoesOnBehindByTheSlotsItMissed() throws Exception {
        requiresDevNodes("by how many slots they are behind");
        deployed(topology(1, 0, NetworkLayout.STAR), cluster -> {
            awaitHeight(cluster, 2, "validator-0");
            cluster.control().pause("validator-0");
            timeline.sleep(Duration.ofSeconds(3));

            cluster.control().resume("validator-0");

            // a busy machine halts it as well, for fewer slots
            await(
                    "it says that it is 28 slots behind or more",
                    () -> SLOTS_BEHIND
                            .matcher(log(cluster, "validator-0"))
                            .results()
                            .anyMatch(said -> Long.parseLong(said.group(1)) >= 28));
            awaitHeight(cluster, height(cluster, "validator-0") + 3, "validator-0");
        });
    }
}
