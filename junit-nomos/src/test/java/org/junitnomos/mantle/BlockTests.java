package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.mantle.MantleFixtures.sampleGenesis;
import static org.junitnomos.mantle.MantleFixtures.sampleInscription;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockTests {

    private static final ProofOfLeadership DEVELOPMENT =
            ProofOfLeadership.development(new ProofOfLeadership.PublicInputs(7, Fr.ZERO, 3006, Fr.ZERO, Fr.ZERO));

    @Test
    void computesBlockRoots() {
        TxHash one = new TxHash(Fr.ONE);
        TxHash two = new TxHash(Fr.of(2));
        TxHash three = new TxHash(Fr.of(3));
        assertThat(BlockRoot.of(List.of()))
                .hasToString("89eb0d6a8a691dae2cd15ed0369931ce0a949ecafa5c3f93f8121833646e15c3");
        assertThat(BlockRoot.of(List.of(one)))
                .hasToString("afbc1c053c2f278e3cbd4409c1c094f184aa459dd2f7fca96d6077730ab9ffe3");
        assertThat(BlockRoot.of(List.of(one, two, three)))
                .hasToString("0ffd1cca6947203ad1f90180eb3d25a80d4c6db1939bfacf9ceea3882cb81b74");
        assertThat(BlockRoot.of(List.of(sampleInscription().hash())))
                .hasToString("e6a18e33ebe9dd2d6c1cdc5f68c12653097175978f8f9b3fabae914e6977becf");
    }

    @Test
    void padsRootsToAPowerOfTwoWithHashesOfZero() {
        TxHash one = new TxHash(Fr.ONE);
        TxHash zero = new TxHash(Fr.ZERO);
        assertThat(BlockRoot.of(List.of(one, one, one))).isEqualTo(BlockRoot.of(List.of(one, one, one, zero)));
        assertThat(BlockRoot.of(List.of(one, one, one, one, one)))
                .isEqualTo(BlockRoot.of(List.of(one, one, one, one, one, zero, zero, zero)));
    }

    @Test
    void namesBlocksOfADevelopmentBuild() {
        SignedMantleTx tx = sampleInscription();
        Header seventh = new Header(sampleGenesis().header().id(), 7, BlockRoot.of(List.of(tx.hash())), DEVELOPMENT);
        assertThat(seventh.id()).hasToString("7b84f924e4708409a5f53fa72dd965aa8786eb043b31978e33fedd13e3dc5c03");
        Header eighth = new Header(seventh.id(), 8, BlockRoot.of(List.of()), DEVELOPMENT);
        assertThat(eighth.id()).hasToString("7b35d9a49ea7a6fa96ebc960209a6fdbbc648808491e2f053aa3dbbaeb45804c");
        assertThat(new Block(seventh, Ed25519Signature.ZERO, List.of(tx)).hasMatchingRoot())
                .isTrue();
        assertThat(new Block(seventh, Ed25519Signature.ZERO, List.of()).hasMatchingRoot())
                .isFalse();
    }

    @Test
    void measuresItsFieldsAndTransactions() {
        SignedMantleTx tx = sampleInscription();
        SignedMantleTx bare = new SignedMantleTx(tx.tx(), List.of(new OpProof.NoProof()), ZkSignature.ZERO);
        assertThat(tx.encodedLength()).isEqualTo(MantleCodec.encode(tx).length);
        assertThat(bare.encodedLength()).isEqualTo(tx.encodedLength() - 64);
        assertThat(tx.storedLength()).isEqualTo(332 + "hello".length());
        assertThat(new Block(sampleGenesis().header(), Ed25519Signature.ZERO, List.of(tx, tx)).storedLength())
                .isEqualTo(500 + 2 * tx.storedLength());
    }

    @Test
    void rejectsMoreTransactionsThanABlockHolds() {
        List<SignedMantleTx> many = Collections.nCopies(1025, sampleInscription());
        assertThatThrownBy(() -> new Block(sampleGenesis().header(), Ed25519Signature.ZERO, many))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("transactions: expected at most 1024 elements but was 1025");
    }

    @Test
    void rejectsAGenesisThatBreaksARule() {
        assertThatThrownBy(() -> new GenesisTx(sampleInscription()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A genesis transaction must have zero channel, parent and signer in operation 0"
                        + " (node contract 2.8).");
        MantleTx empty = MantleTx.of(List.of(), LedgerTx.EMPTY);
        assertThatThrownBy(() -> new GenesisTx(new SignedMantleTx(empty, List.of(), ZkSignature.ZERO)))
                .hasMessage("A genesis transaction must have an inscription as operation 0 (node contract 2.8).");
        MantleTx priced = new MantleTx(List.of(), LedgerTx.EMPTY, 1, 0);
        assertThatThrownBy(() -> new GenesisTx(new SignedMantleTx(priced, List.of(), ZkSignature.ZERO)))
                .hasMessage("A genesis transaction must have gas prices of 0 (node contract 2.8).");
    }
}
