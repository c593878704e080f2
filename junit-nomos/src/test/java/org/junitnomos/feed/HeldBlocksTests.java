package org.junitnomos.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junitnomos.feed.ScriptedCluster.GENESIS;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent.ContradictionEnded;
import org.junitnomos.journal.JournalEvent.ContradictionSeen;
import org.junitnomos.mantle.HeaderId;

/** A node that has a block of a longer branch, and does not stand on that branch, contradicts itself. */
class HeldBlocksTests extends FeedOnVirtualTime {

    private void polls(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            nextPoll();
        }
    }

    /** Both on three blocks, and the first one on with so many more, a block a poll. */
    private List<HeaderId> leave(int blocks) throws InterruptedException {
        List<HeaderId> chain = cluster.chain(GENESIS, 3 + blocks);
        cluster.allOn(chain.get(2));
        nextPoll();
        for (HeaderId block : chain.subList(3, 3 + blocks)) {
            first.tip = block;
            nextPoll();
        }
        return chain;
    }

    @Test
    void isNamedOnceTheBlockIsOlderThanAPoll() throws Exception {
        drive(() -> {
            List<HeaderId> chain = leave(1);
            assertThat(journal.events(ContradictionSeen.class)).isEmpty();
            nextPoll();
            nextPoll();

            assertThat(journal.events(ContradictionSeen.class))
                    .extracting(ContradictionSeen::node, ContradictionSeen::about, ContradictionSeen::times)
                    .startsWith(tuple("validator-1", "tip and blocks that it has", 1L));
            assertThat(journal.events(ContradictionSeen.class).get(0).expected())
                    .isEqualTo("a tip at height 4 or more, where it has block " + chain.get(3) + " of a longer branch");
            assertThat(journal.events(ContradictionSeen.class).get(0).observed())
                    .isEqualTo("tip " + chain.get(2) + " at height 3");

            second.tip = chain.get(3);
            nextPoll();
            assertThat(journal.events(ContradictionEnded.class))
                    .singleElement()
                    .satisfies(ended -> assertThat(ended.about()).isEqualTo("tip and blocks that it has"));
        });
    }

    @Test
    void isNamedOnABranchOfItsOwn() throws Exception {
        drive(() -> {
            List<HeaderId> chain = cluster.chain(GENESIS, 5);
            List<HeaderId> own = cluster.chain(chain.get(1), 1);
            cluster.allOn(chain.get(1));
            nextPoll();
            second.tip = own.get(0);
            first.tip = chain.get(4);
            polls(3);

            assertThat(last(ContradictionSeen.class).observed()).isEqualTo("tip " + own.get(0) + " at height 3");
        });
    }

    @Test
    void isMerelyBehindWhereItMissesTheBlock() throws Exception {
        drive(() -> {
            List<HeaderId> chain = cluster.chain(GENESIS, 6);
            second.lost.addAll(chain);
            cluster.allOn(chain.get(2));
            nextPoll();
            first.tip = chain.get(5);
            polls(5);
        });

        assertThat(journal.events(ContradictionSeen.class))
                .extracting(ContradictionSeen::about)
                .doesNotContain("tip and blocks that it has");
    }

    @Test
    void mayStoreBlocksOfAnEarlierLife() throws Exception {
        drive(() -> {
            List<HeaderId> chain = cluster.chain(GENESIS, 4);
            cluster.allOn(chain.get(3));
            nextPoll();
            second.tip = GENESIS; // it fell, so it began anew
            polls(3);
            second.up = false;
            first.tip = cluster.mine(chain.get(3));
            polls(2);
            second.up = true;
            polls(3);
        });

        assertThat(journal.events(ContradictionSeen.class)).isEmpty();
    }

    @Test
    void mayNotLeaveWhatItHasFinalized() throws Exception {
        drive(() -> {
            List<HeaderId> chain = cluster.chain(GENESIS, 5);
            HeaderId own = cluster.mine(chain.get(1));
            cluster.allOn(chain.get(1));
            nextPoll();
            second.tip = own;
            second.lib = own;
            first.tip = chain.get(4);
            polls(4);
        });

        assertThat(journal.events(ContradictionSeen.class)).isEmpty();
    }

    @Test
    void mayPreferAShorterBranchWhileItIsBootstrapping() throws Exception {
        second.mode = "Bootstrapping";
        drive(() -> {
            leave(3);
            polls(3);
        });

        assertThat(journal.events(ContradictionSeen.class)).isEmpty();
    }
}
