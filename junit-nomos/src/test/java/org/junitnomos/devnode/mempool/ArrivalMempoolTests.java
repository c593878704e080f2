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
    void offersTheOldestFirst() {
        pool.add(second, 5);
        pool.add(first, 6);
        pool.add(third, 7);

        assertThat(pool.pending(2)).containsExactly(second, first);
        assertThat(pool.pendingCount()).isEqualTo(3);
        assertThat(pool.lastAddedMillis()).isEqualTo(7);
    }

    @Test
    void refusesWhatItHas() {
        assertThat(pool.add(first, 5)).isTrue();
        assertThat(pool.add(first, 9)).isFalse();
        pool.include(block, List.of(first), false);

        assertThat(pool.add(first, 9)).isFalse();
        assertThat(pool.lastAddedMillis()).isEqualTo(5);
    }

    @Test
    void namesTheBlockThatIncludesATransaction() {
        pool.add(first, 5);

        pool.include(block, List.of(first), false);

        assertThat(pool.status(first.hash())).isEqualTo(new Mempool.Status(true, block));
        assertThat(pool.pending(9)).isEmpty();
        assertThat(pool.pendingCount()).isZero();
    }

    @Test
    void restoresOrphansAtTheirOldPlace() {
        pool.add(first, 5);
        pool.add(second, 6);
        pool.include(block, List.of(first, third), false);

        pool.restore(List.of(first, third));

        assertThat(pool.pending(9)).containsExactly(first, second, third);
        assertThat(pool.status(first.hash())).isEqualTo(Mempool.Status.PENDING);
    }

    @Test
    void forgetsWhatIsFinalOrDropped() {
        pool.add(first, 5);
        pool.add(second, 6);
        pool.include(block, List.of(first), false);

        pool.forget(List.of(first));
        pool.drop(second.hash());

        assertThat(pool.status(first.hash())).isEqualTo(Mempool.Status.UNKNOWN);
        assertThat(pool.find(first.hash())).isNull();
        assertThat(pool.pending(9)).isEmpty();
        assertThat(pool.add(first, 7)).isTrue();
    }

    @Test
    void callsOwnTransactionsPendingUntilTheNextOwnBlock() {
        pool.add(first, 5);
        pool.include(block, List.of(first), true);

        assertThat(pool.status(first.hash())).isEqualTo(Mempool.Status.PENDING);
        assertThat(pool.pendingCount()).isEqualTo(1);
        assertThat(pool.pending(9)).isEmpty();

        pool.proposed();

        assertThat(pool.status(first.hash())).isEqualTo(Mempool.Status.UNKNOWN);
        assertThat(pool.pendingCount()).isZero();
        assertThat(pool.find(first.hash())).isEqualTo(first);
    }
}
