package org.junitnomos.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.feed.ScriptedCluster.GENESIS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitnomos.client.WireFixtures;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.ContradictionSeen;
import org.junitnomos.journal.JournalEvent.FeedBlind;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.BlockRoot;
import org.junitnomos.mantle.Header;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;

/** A block that does not fit to its id or to its header is not believed. */
class RefusedBlocksTests extends FeedOnVirtualTime {

    private static final List<SignedMantleTx> THREE =
            List.of(WireFixtures.transfer(1), WireFixtures.transfer(2), WireFixtures.transfer(3));

    static Stream<Arguments> changedBodies() {
        List<SignedMantleTx> reordered = new ArrayList<>(THREE);
        Collections.swap(reordered, 0, 2);
        return Stream.of(
                Arguments.of("one dropped", THREE.subList(0, 2)),
                Arguments.of("one altered", List.of(THREE.get(0), WireFixtures.transfer(9), THREE.get(2))),
                Arguments.of("reordered", reordered),
                Arguments.of("one twice", List.of(THREE.get(0), THREE.get(1), THREE.get(1))),
                Arguments.of("none left", List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changedBodies")
    void withOtherTransactionsAreRefusedAndAskedOfAnotherNode(String name, List<SignedMantleTx> body) throws Exception {
        drive(() -> {
            HeaderId id = cluster.mine(GENESIS, THREE.toArray(SignedMantleTx[]::new));
            Block whole = cluster.block(id);
            first.served.put(id, new Block(whole.header(), whole.signature(), body));
            cluster.allOn(id);
            nextPoll();
            nextPoll();

            String count = body.size() == 1 ? "1 transaction" : body.size() + " transactions";
            BlockRoot root =
                    BlockRoot.of(body.stream().map(SignedMantleTx::hash).toList());
            assertThat(journal.events(ContradictionSeen.class))
                    .containsExactly(new ContradictionSeen(
                            SECOND.toNanos(),
                            "validator-0",
                            "transactions of a block",
                            "transactions of block " + id + " that hash to the root of its header, "
                                    + whole.header().blockRoot(),
                            count + " that hash to " + root,
                            SECOND.toNanos(),
                            1));
            assertThat(journal.events(BlockObserved.class)).singleElement().satisfies(block -> {
                assertThat(block.node()).isEqualTo("validator-1");
                assertThat(block.transactions()).hasSize(3);
            });
            assertThat(journal.events(FeedBlind.class)).isEmpty();
            assertThat(journal.events(TipChanged.class))
                    .filteredOn(tip -> tip.tip().equals(id))
                    .extracting(TipChanged::node)
                    .containsExactlyInAnyOrder("validator-0", "validator-1");
        });
    }

    @Test
    void withAnotherHeaderAreRefused() throws Exception {
        drive(() -> {
            HeaderId id = cluster.mine(GENESIS, THREE.get(0));
            Block whole = cluster.block(id);
            Header header = whole.header();
            Header other = new Header(header.parent(), 17, header.blockRoot(), header.proofOfLeadership());
            first.served.put(id, new Block(other, whole.signature(), whole.transactions()));
            cluster.allOn(id);
            nextPoll();

            assertThat(journal.events(ContradictionSeen.class))
                    .containsExactly(new ContradictionSeen(
                            SECOND.toNanos(),
                            "validator-0",
                            "header of a block",
                            "block " + id,
                            "header of slot 17 on parent " + GENESIS + " that hashes to " + other.id(),
                            SECOND.toNanos(),
                            1));
            assertThat(feed.tip()).map(BlockRecord::firstSeenOn).contains("validator-1");
        });
    }

    @Test
    void ofAnotherIdAreRefused() throws Exception {
        drive(() -> {
            List<HeaderId> chain = cluster.chain(GENESIS, 2);
            first.served.put(chain.get(1), cluster.block(chain.get(0)));
            first.tip = chain.get(1);
            nextPoll();

            assertThat(last(ContradictionSeen.class).observed()).endsWith("hashes to " + chain.get(0));
            assertThat(feed.chain()).extracting(BlockRecord::id).isEqualTo(chain);
        });
    }

    @Test
    void thatNobodyServesWellMakeTheNodeUnreadableAndAreAskedForMoreAndMoreSeldom() throws Exception {
        drive(() -> {
            HeaderId id = cluster.mine(GENESIS, THREE.toArray(SignedMantleTx[]::new));
            Block whole = cluster.block(id);
            Block changed = new Block(whole.header(), whole.signature(), THREE.subList(0, 2));
            first.served.put(id, changed);
            second.served.put(id, changed);
            cluster.allOn(id);
            for (int i = 0; i < 200; i++) {
                nextPoll();
            }

            assertThat(feed.height()).isZero();
            assertThat(journal.events(FeedBlind.class))
                    .extracting(FeedBlind::node, FeedBlind::reason)
                    .containsOnlyOnce(org.assertj.core.groups.Tuple.tuple(
                            "validator-0",
                            "gap: block " + id + ", an ancestor of its tip or the tip itself, is refused:"
                                    + " what is served for it does not fit"));
            assertThat(first.blocksAsked()).isBetween(7L, 10L);
            assertThat(second.blocksAsked()).isBetween(7L, 10L);
            assertThat(journal.events(ContradictionSeen.class))
                    .filteredOn(seen -> seen.node().equals("validator-0"))
                    .extracting(ContradictionSeen::times)
                    .containsExactly(1L, 2L, 4L, 8L);

            first.served.clear();
            for (int i = 0; i < 64; i++) {
                nextPoll();
            }
            assertThat(feed.height()).isEqualTo(1);
            assertThat(feed.view("validator-1"))
                    .map(BlockFeed.NodeView::reachable)
                    .contains(true);
        });
    }

    /** Another node is read first, so nobody needs this node's blocks. */
    @Test
    void ofANodeThatIsNeverNeededAreFoundAllTheSame() throws Exception {
        drive(() -> {
            HeaderId at = GENESIS;
            for (int i = 0; i < 30; i++) {
                at = cluster.mine(at, WireFixtures.transfer(100 + i));
                Block whole = cluster.block(at);
                second.served.put(at, new Block(whole.header(), whole.signature(), List.of()));
                cluster.allOn(at);
                nextPoll();
            }

            assertThat(journal.events(ContradictionSeen.class)).isNotEmpty().allSatisfy(seen -> {
                assertThat(seen.node()).isEqualTo("validator-1");
                assertThat(seen.about()).isEqualTo("transactions of a block");
            });
            assertThat(feed.height()).isEqualTo(30);
        });
    }

    @Test
    void thatBreakTheOrderOfSlotsAreNamedButSeen() throws Exception {
        drive(() -> {
            HeaderId parent = cluster.add(WireFixtures.block(GENESIS, 5));
            HeaderId child = cluster.add(WireFixtures.block(parent, 5));
            cluster.allOn(child);
            nextPoll();

            assertThat(feed.height()).isEqualTo(2);
            assertThat(journal.events(ContradictionSeen.class)).singleElement().satisfies(seen -> {
                assertThat(seen.about()).isEqualTo("order of slots");
                assertThat(seen.expected()).isEqualTo("a slot after that of its parent, 5");
                assertThat(seen.observed()).isEqualTo("block " + child + " of slot 5 on parent " + parent);
            });
        });
    }

    @Test
    void thatHoldATransactionTwiceAreNamedButSeen() throws Exception {
        drive(() -> {
            HeaderId id = cluster.mine(GENESIS, THREE.get(0), THREE.get(1), THREE.get(0));
            cluster.allOn(id);
            nextPoll();

            assertThat(feed.height()).isEqualTo(1);
            assertThat(last(ContradictionSeen.class).observed())
                    .isEqualTo("transaction " + THREE.get(0).hash() + " at places 1 and 3 of block " + id);
        });
    }

    @Test
    void areNoTroubleWhenTheyFit() throws Exception {
        drive(() -> {
            HeaderId at = GENESIS;
            for (int i = 0; i < 100; i++) {
                at = cluster.mine(at, THREE.subList(0, i % 4).toArray(SignedMantleTx[]::new));
                cluster.allOn(at);
                timeline.sleep(Duration.ofMillis(700));
            }

            assertThat(journal.events(ContradictionSeen.class)).isEmpty();
        });
    }
}
