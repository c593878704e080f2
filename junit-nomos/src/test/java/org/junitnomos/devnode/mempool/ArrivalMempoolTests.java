package org.junitnomos.devnode.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;

class ArrivalMempoolTests {
    private final TestGenesis genesis = new TestGenesis(1, 4);
    private final ArrivalMempool pool = new ArrivalMempool();
    private final HeaderId block = HeaderId.of(
            new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8
            });
    private final SignedMantleTx first = genesis.renew(0, genesis.walletNote(0));
    private final SignedMantleTx second = genesis.renew(1, genesis.walletNote(1));
    private final SignedMantleTx third = genesis.renew(2, genesis.walletNote(2));

    @Test
    void offersThemInOrderOfArrival() {
        pool.add(second, 5);
        pool.add(first, 6);
        pool.add(third, 7);

        assertThat(pool.pending()).containsExactly(second, first, third);
        assertThat(pool.pendingCount()).isEqualTo(3);
        assertThat(pool.lastAddedMillis()).isEqualTo(7);
    }

    @Test
    void refusesWhatWaitsOrIsInABlock() {
        assertThat(pool.add(first, 5)).isTrue();
        assertThat(pool.add(first, 9)).isFalse();
        pool.include(block, List.of(first));

        assertThat(pool.add(first, 9)).isFalse();
        assertThat(pool.lastAddedMillis()).isEqualTo(5);
    }

    @Test
    void namesTheBlockThatContainsATransactionForEver() {
        pool.add(first, 5);

        pool.include(block, List.of(first));
        pool.settle(List.of(first));

        assertThat(pool.status(first.hash())).isEqualTo(new Mempool.Status(true, block));
        assertThat(pool.pending()).isEmpty();
        assertThat(pool.pendingCount()).isZero();
        assertThat(pool.add(first, 6)).isFalse();
    }

    @Test
    void keepsTheFirstMarkAndPassesOverWhatDoesNotWaitHere() {
        pool.add(first, 5);
        pool.include(block, List.of(first, second));
        pool.include(HeaderId.of(new byte[32]), List.of(first));

        assertThat(pool.status(first.hash())).isEqualTo(new Mempool.Status(true, block));
        assertThat(pool.status(second.hash())).isEqualTo(Mempool.Status.UNKNOWN);
        assertThat(pool.add(second, 7)).isTrue();
    }

    @Test
    void keepsTheBytesOfWhatIsInABlockUntilThatIsFinal() {
        pool.add(first, 5);
        pool.include(block, List.of(first));
        assertThat(pool.find(first.hash())).isEqualTo(first);

        pool.settle(List.of(first));

        assertThat(pool.find(first.hash())).isNull();
    }

    @Test
    void forgetsWhatIsPruned() {
        pool.add(first, 5);

        pool.prune(first.hash());

        assertThat(pool.status(first.hash())).isEqualTo(Mempool.Status.UNKNOWN);
        assertThat(pool.find(first.hash())).isNull();
        assertThat(pool.pending()).isEmpty();
        assertThat(pool.add(first, 7)).isTrue();
    }
}
