package org.junitnomos.devnode.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.devnode.ledger.StandardRules;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.BlockRoot;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.Ed25519Signature;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.Header;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.ProofOfLeadership;
import org.junitnomos.mantle.SignedMantleTx;

class ChainTests {
    private final TestGenesis genesis = new TestGenesis(1, 2);
    private final ChainParameters parameters =
            new ChainParameters(new GenesisTx(genesis.transaction()), new BigDecimal("0.5"), 3, Set.of());
    private final Chain chain =
            new Chain(parameters, new StandardBlockRules(parameters, StandardRules.INSTANCE), LongestChain.INSTANCE);

    private static Block block(HeaderId parent, long slot, SignedMantleTx... transactions) {
        return BlockSigner.sign(parent, slot, List.of(transactions));
    }

    private ChainUpdate apply(Block block) {
        try {
            return chain.apply(block);
        } catch (InvalidBlockException rejected) {
            throw new AssertionError(rejected);
        }
    }

    /** Extend a block by one block in each of the slots. */
    private List<HeaderId> extend(HeaderId from, long... slots) {
        List<HeaderId> ids = new ArrayList<>();
        HeaderId parent = from;
        for (long slot : slots) {
            Block block = block(parent, slot);
            apply(block);
            parent = block.id();
            ids.add(parent);
        }
        return ids;
    }

    @Nested
    class ForkChoiceAndFinality {
        @Test
        void keepsWhatWasSeenFirstIfBranchesAreEquallyLong() {
            HeaderId root = chain.tip().id();
            HeaderId first = extend(root, 5).get(0);

            extend(root, 1);

            assertThat(chain.tip().id()).isEqualTo(first);
        }

        @Test
        void switchesToTheLongerBranchAndSaysWhatChanged() {
            HeaderId root = chain.tip().id();
            List<HeaderId> left = extend(root, 1, 2);
            List<HeaderId> right = extend(root, 3, 4);
            Block longer = block(right.get(1), 5);

            ChainUpdate update = apply(longer);

            assertThat(chain.tip().id()).isEqualTo(longer.id());
            assertThat(update.orphaned()).extracting(ChainBlock::id).containsExactly(left.get(1), left.get(0));
            assertThat(update.adopted())
                    .extracting(ChainBlock::id)
                    .containsExactly(right.get(0), right.get(1), longer.id());
        }

        @Test
        void keepsTheLibWhileBootstrapping() {
            extend(chain.tip().id(), 1, 2, 3, 4, 5);

            assertThat(chain.lib().height()).isZero();
            ChainUpdate update = chain.goOnline();

            assertThat(update.finalized()).extracting(ChainBlock::height).containsExactly(1, 2);
            assertThat(chain.lib().height()).isEqualTo(2);
            assertThat(chain.goOnline()).isEqualTo(ChainUpdate.NONE);
        }

        @Test
        void finalizesTheKthAncestorOfTheTip() {
            chain.goOnline();
            List<HeaderId> ids = extend(chain.tip().id(), 1, 2, 3);
            assertThat(chain.lib().height()).isZero();

            ChainUpdate update = apply(block(ids.get(2), 4));

            assertThat(update.finalized()).extracting(ChainBlock::id).containsExactly(ids.get(0));
            assertThat(chain.lib().id()).isEqualTo(ids.get(0));
            assertThat(chain.finals()).hasSize(2);
        }

        @Test
        void forgetsBranchesOlderThanTheLib() {
            chain.goOnline();
            HeaderId root = chain.tip().id();
            List<HeaderId> dead = extend(root, 1, 2);
            List<HeaderId> live = extend(root, 3, 4, 5, 6);

            assertThat(chain.find(dead.get(0))).isNull();
            assertThat(chain.find(dead.get(1))).isNull();
            assertThat(chain.find(live.get(0))).isNotNull();
            assertThatThrownBy(() -> chain.apply(block(root, 7)))
                    .isInstanceOf(InvalidBlockException.class)
                    .hasMessage("its parent at height 0 is older than the LIB at height 1");
        }

        @Test
        void keepsOnlyTheStatesThatBranchesCanBeginAt() {
            chain.goOnline();
            List<HeaderId> ids = extend(chain.tip().id(), 1, 2, 3, 4, 5, 6);

            assertThat(ids)
                    .filteredOn(id -> chain.find(id).state() != null)
                    .containsExactlyElementsOf(ids.subList(2, 6));
        }

        @Test
        void prefersTheDenserBranchOfADeepForkWhileBootstrapping() {
            HeaderId root = chain.tip().id();
            List<HeaderId> sparse = extend(root, 10, 20, 30, 40, 50, 60);
            assertThat(parameters.densityWindow()).isEqualTo(18);

            HeaderId one = extend(root, 1).get(0);
            assertThat(chain.tip().id()).isEqualTo(sparse.get(5));

            HeaderId two = extend(one, 2).get(0);
            assertThat(chain.tip().id()).isEqualTo(two);
        }

        @Test
        void keepsTheLongestBranchOfADeepForkWhenOnline() {
            chain.goOnline();
            HeaderId root = chain.tip().id();
            List<HeaderId> main = extend(root, 10, 20, 30);

            extend(root, 1, 2, 3);
            assertThat(chain.tip().id()).isEqualTo(main.get(2));
        }
    }

    @Nested
    class InvalidBlocks {
        private void assertRejected(Block block, String message) {
            assertThatThrownBy(() -> chain.apply(block))
                    .isInstanceOf(InvalidBlockException.class)
                    .hasMessage(message);
            assertThat(chain.find(block.id())).isNull();
        }

        @Test
        void rejectsASlotThatIsNotAfterTheParents() {
            HeaderId five = extend(chain.tip().id(), 5).get(0);

            assertRejected(block(five, 5), "its slot is not after that of its parent");
        }

        @Test
        void rejectsAnUnknownParent() {
            assertRejected(block(HeaderId.ZERO, 5), "its parent " + HeaderId.ZERO + " is unknown");
        }

        @Test
        void rejectsTransactionsOtherThanThoseOfTheRoot() {
            Block right = block(chain.tip().id(), 1, genesis.renew(0, genesis.walletNote(0)));

            assertRejected(
                    new Block(right.header(), right.signature(), List.of()),
                    "its root is not that of its transactions");
        }

        @Test
        void rejectsAWrongSignature() {
            Block right = block(chain.tip().id(), 1);

            assertRejected(
                    new Block(right.header(), Ed25519Signature.ZERO, List.of()),
                    "its signature is not that of its leader");
        }

        @Test
        void rejectsAProofThatIsNotOfADevelopmentBuild() {
            ProofOfLeadership proof =
                    new ProofOfLeadership(new byte[128], Fr.ONE, Ed25519PrivateKey.ZERO.publicKey(), Fr.ZERO, null);
            Header header = new Header(chain.tip().id(), 1, BlockRoot.of(List.of()), proof);

            assertRejected(
                    new Block(header, Ed25519Signature.ZERO, List.of()),
                    "its proof of leadership is not that of a development build");
        }

        @Test
        void rejectsABlockThatIsTooLong() {
            SignedMantleTx large = genesis.inscribe(0, 40_000);
            SignedMantleTx other = genesis.inscribe(1, 40_000);
            Block block = block(chain.tip().id(), 1, large, other);

            assertRejected(block, "it has " + block.storedLength() + " bytes, expected at most 65536");
        }

        @Test
        void rejectsATransactionThatIsIncludedTwice() {
            SignedMantleTx once = genesis.renew(0, genesis.walletNote(0));

            assertRejected(
                    block(chain.tip().id(), 1, once, once),
                    "its transaction " + once.hash() + " is not valid: UNKNOWN_NOTE: input " + genesis.walletNote(0));
        }
    }

    @Test
    void growsLongWithoutSlowingDown() {
        chain.goOnline();
        HeaderId parent = chain.tip().id();
        for (int slot = 1; slot <= 20_000; slot++) {
            Block block = block(parent, slot);
            apply(block);
            parent = block.id();
        }

        assertThat(chain.tip().height()).isEqualTo(20_000);
        assertThat(chain.lib().height()).isEqualTo(19_997);
    }

    @Test
    void namesBadParameters() {
        GenesisTx tx = new GenesisTx(genesis.transaction());

        assertThatThrownBy(() -> new ChainParameters(tx, BigDecimal.ONE, 1, Set.of()))
                .hasMessage("The active slot coefficient is 1, expected a number above 0 and below 1.");
        assertThatThrownBy(() -> new ChainParameters(tx, new BigDecimal("0.5"), 0, Set.of()))
                .hasMessage("The security parameter is 0, expected 1 or more blocks.");
    }
}
