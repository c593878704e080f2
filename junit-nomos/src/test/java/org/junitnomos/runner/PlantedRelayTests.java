package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.runner.EmbeddedRuns.only;
import static org.junitnomos.runner.EmbeddedRuns.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.devnode.defect.Passing;
import org.junitnomos.devnode.planted.IllNodes;
import org.junitnomos.expectation.LinkTraffic;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.TransactionWorkload;

/** A node between others that does not pass blocks on as it should fails link traffic by name, and with whom. */
class PlantedRelayTests {
    private static final String HUB = "validator-0";

    @TempDir
    Path directory;

    private String traffic(NetworkLayout layout, NodeCoreFactory nodes, Verdict expected) {
        var scenario = Scenario.builder()
                .name("relays")
                .validators(3)
                .executors(1)
                .layout(layout)
                .wallets(10)
                .workload(new TransactionWorkload(3, 10))
                .expect(new LinkTraffic())
                .runFor(Duration.ofMinutes(2))
                .build();
        return text(new EmbeddedRuns(directory).run(scenario, nodes), "link traffic", expected);
    }

    /** Does not tell one peer of blocks, of its own or of those of others. */
    private static NodeCoreFactory silentTo(String peer, boolean ofOwn) {
        return (config, store, outbox) -> {
            Set<HeaderId> received = new HashSet<>();
            Outbox selective = new Outbox() {
                @Override
                public void send(String to, PeerMessage message, long delayNanos) {
                    boolean silent = to.equals(peer)
                            && message instanceof PeerMessage.Proposal proposal
                            && received.contains(proposal.header().id()) != ofOwn;
                    if (!silent) {
                        outbox.send(to, message, delayNanos);
                    }
                }

                @Override
                public void log(String level, String text) {
                    outbox.log(level, text);
                }
            };
            return new Hearing(new DevNode(config, store, selective), received);
        };
    }

    /** Notes the blocks that come from others. */
    private static final class Hearing extends Passing.Core {
        private final Set<HeaderId> received;

        Hearing(DevNode node, Set<HeaderId> received) {
            super(node);
            this.received = received;
        }

        @Override
        public void receive(String peer, PeerMessage message, long now) {
            if (message instanceof PeerMessage.Proposal proposal) {
                received.add(proposal.header().id());
            }
            right.receive(peer, message, now);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rightNodesPassBlocksOn(NetworkLayout layout) {
        traffic(layout, DevNode::new, Verdict.PASSED);
    }

    @Test
    void aHubThatPassesNoBlocksOnIsNamed() {
        var text = traffic(NetworkLayout.STAR, only(HUB, IllNodes.with(NodeDefect.FORWARDS_NO_BLOCKS)), Verdict.FAILED);

        assertThat(text)
                .containsPattern("validator-0 hands on no blocks in time: \\d+ of \\d+ of the blocks of others were not"
                        + " there 1.06 s after they were seen first \\(one in 10 is allowed for\\) on any node to which"
                        + " no other way leads");
    }

    @Test
    void aNodeOfAChainThatPassesNoBlocksOnIsNamed() {
        var text = traffic(
                NetworkLayout.CHAIN, only("validator-1", IllNodes.with(NodeDefect.FORWARDS_NO_BLOCKS)), Verdict.FAILED);

        assertThat(text).contains("validator-1 hands on no blocks in time: ");
    }

    @Test
    void aHubThatPassesBlocksOnToSomeAloneIsNamed() {
        var text = traffic(NetworkLayout.STAR, only(HUB, silentTo("validator-2", false)), Verdict.FAILED);

        assertThat(text)
                .contains("validator-0 does not hand on blocks to validator-2 in time: ")
                .contains("of the blocks of others")
                .doesNotContain("to validator-1", "to executor-0");
    }

    @Test
    void aHubThatKeepsItsOwnBlocksFromOneIsNamed() {
        var text = traffic(NetworkLayout.STAR, only(HUB, silentTo("validator-2", true)), Verdict.FAILED);

        assertThat(text)
                .contains("validator-0 does not hand on blocks to validator-2 in time: ")
                .contains("of the blocks that it made")
                .doesNotContain("to validator-1", "to executor-0");
    }
}
