package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.mantle.SignedMantleTx;

/** One pass over what waits, by id, and what fails is gone (node contract 3.5). */
class BlockBuildingTests {
    private final TestGenesis genesis = new TestGenesis(2, 4);
    private final Transfers transfers = new Transfers(genesis);

    private DevNet net(int nodes) {
        DevNet net =
                DevNet.create(nodes, Layout.FULL, genesis, config -> config).start();
        net.run(10 * DevNet.SECOND);
        return net;
    }

    @Test
    void losesAChildWhoseIdIsSmallerThanThatOfItsParent() {
        DevNet net = net(1);
        List<SignedMantleTx> chain = transfers.chain(0, 3, 1);
        chain.forEach(net.node(0)::submit);
        net.run(60 * DevNet.SECOND);

        assertThat(net.node(0).mined()).containsExactly(chain.get(0));
        assertThat(net.node(0).status(chain.get(1))).isEqualTo("[\"Unknown\"]");
        assertThat(net.node(0).log)
                .anyMatch(line -> line.startsWith(
                        "INFO Dropped transaction " + chain.get(1).hash() + ": UNKNOWN_NOTE: input "));
    }

    @Test
    void takesAChildWhoseIdIsLarger() {
        DevNet net = net(1);
        List<SignedMantleTx> chain = transfers.chain(0, 0, 1, 2, 3, 4);
        chain.forEach(net.node(0)::submit);
        net.run(60 * DevNet.SECOND);

        assertThat(net.node(0).mined()).containsExactlyElementsOf(chain);
        assertThat(net.node(0).store.blocks())
                .anySatisfy(block -> assertThat(block.transactions()).hasSize(5));
    }

    @Test
    void takesAChildThatIsSentOnceItsParentIsInABlock() {
        DevNet net = net(1);
        for (SignedMantleTx transaction : transfers.chain(0, 4, 3, 2, 1, 0)) {
            net.node(0).submit(transaction);
            net.run(30 * DevNet.SECOND);
        }

        assertThat(net.node(0).mined()).hasSize(5);
    }

    @Test
    void takesALostChildThatIsSentAgain() {
        DevNet net = net(1);
        List<SignedMantleTx> chain = transfers.chain(0, 3, 1);
        chain.forEach(net.node(0)::submit);
        net.run(60 * DevNet.SECOND);

        assertThat(net.node(0).submit(chain.get(1)).status()).isEqualTo(200);
        net.run(60 * DevNet.SECOND);

        assertThat(net.node(0).mined()).containsExactlyElementsOf(chain);
    }

    @Test
    void ofTwoInConflictTheSmallerIdWinsAndNotTheFirst() {
        DevNet net = net(2);
        SignedMantleTx first = transfers.of(0, 4);
        SignedMantleTx smaller = transfers.of(0, 0);
        net.node(0).submit(first);
        net.node(0).submit(smaller);
        net.run(120 * DevNet.SECOND);

        for (Member node : net.nodes()) {
            assertThat(node.mined()).contains(smaller).doesNotContain(first);
            assertThat(node.status(first)).isEqualTo("[\"Unknown\"]");
        }
    }

    /** The proposer lost it, but the other node still holds it when its parent is in a block. */
    @Test
    void anotherNodeMayStillTakeALostChild() {
        DevNet net = net(2);
        boolean lostByOne = false;
        for (int wallet = 0; wallet < 4 && !lostByOne; wallet++) {
            List<SignedMantleTx> chain = transfers.chain(wallet, 3, 1);
            chain.forEach(net.node(0)::submit);
            net.run(60 * DevNet.SECOND);
            lostByOne = net.nodes().stream().anyMatch(node -> lost(node, chain.get(1)))
                    && net.node(0).mined().contains(chain.get(1));
        }

        assertThat(lostByOne).isTrue();
    }

    private static boolean lost(Member node, SignedMantleTx transaction) {
        return node.log.stream()
                .anyMatch(line -> line.startsWith("INFO Dropped transaction " + transaction.hash() + ": UNKNOWN_NOTE"));
    }
}
