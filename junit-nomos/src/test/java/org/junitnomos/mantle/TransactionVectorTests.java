package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.mantle.MantleFixtures.KEY_4;
import static org.junitnomos.mantle.MantleFixtures.WALLET_0;
import static org.junitnomos.mantle.MantleFixtures.filled;
import static org.junitnomos.mantle.MantleFixtures.hello;
import static org.junitnomos.mantle.MantleFixtures.sampleGenesis;
import static org.junitnomos.mantle.MantleFixtures.sampleInscription;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Pin encoding, hashes and signatures of transactions to the vectors of the node contract. */
class TransactionVectorTests {

    @Nested
    class VectorsOfTheNode {

        @Test
        void encodesHashesAndSignsAnInscription() {
            MantleTx tx = new MantleTx(List.of(hello(0xaa, 0xbb, KEY_4.publicKey())), LedgerTx.EMPTY, 100, 50);
            assertThat(Hex.encode(MantleCodec.encode(tx)))
                    .isEqualTo("0100" + "aa".repeat(32) + "0500000068656c6c6f" + "bb".repeat(32)
                            + "ca93ac1705187071d67b83c7ff0efe8108e8ec4530575d7726879333dbdabe7c"
                            + "0000" + "6400000000000000" + "3200000000000000");
            assertThat(tx.hash()).hasToString("174a658cca186132836c723a64f97461567a21d732e48eaecef434316f30b315");
            assertThat(KEY_4.sign(tx.hash()))
                    .hasToString("78911d4c283759b2aca32eb186c314fc966c13b08f14cffbd50c53e5d61b5ac5"
                            + "8f511d1c6b0b56682c7849def1bab6838427b9a3c751affd6bbe449f5926050f");
        }

        @Test
        void signsABlob() {
            ChannelBlob blob = new ChannelBlob(
                    ChannelId.of(filled(0xaa)), 0, BlobId.of(filled(0xbb)), 1024, 10, MsgId.ZERO, KEY_4.publicKey());
            MantleTx tx = new MantleTx(List.of(blob), LedgerTx.EMPTY, 100, 50);
            assertThat(KEY_4.sign(tx.hash()))
                    .hasToString("26fa66800c50d65de3808c9e715f3ca2833c212d5bc31613365024689a62c029"
                            + "93baddd11647c11467c9bcc72335457bc28492c916a84c991b30a28eef73fc08");
        }
    }

    @Nested
    class RegressionVectors {

        @Test
        void hashesEmptyTransactions() {
            MantleTx free = MantleTx.of(List.of(), LedgerTx.EMPTY);
            assertThat(MantleCodec.encode(free)).isEqualTo(new byte[19]);
            assertThat(free.hash()).hasToString("4983c7a9bfa2f54d94c2234d390804f25dff67441c7cf42cbd316fad7e2cd010");
            assertThat(new MantleTx(List.of(), LedgerTx.EMPTY, 100, 50).hash())
                    .hasToString("ff678dc521bb0ca0999ce7915a299b0b56bf50b1f25cf9022b8695f0b69cee2f");
            assertThat(LedgerTx.EMPTY.hash())
                    .hasToString("fa39fd8c2d46673d8e4570aa00013cca75e9858fee03ec1e3613522371412b2b");
        }

        @Test
        void hashesTheSampleGenesis() {
            GenesisTx genesis = sampleGenesis();
            assertThat(genesis.tx().hash())
                    .hasToString("6cbe4176e4875c84ec0b9456efdf5fef5ba76e2423583ba9d83fcc92dc2c0410");
            LedgerTx ledgerTx = genesis.tx().ledgerTx();
            assertThat(ledgerTx.hash()).hasToString("3231586edf9a04987d5106ba91ed50d6377b31ffb5c71ca67b3c7db87af4a00e");
            assertThat(genesis.tx().noteIds())
                    .hasToString("[12e5c967d5ae51b4f90d6cd71f36f9deba0d944a8fd3fa194c8b219f33108d2c]");
            assertThat(ledgerTx.noteIds(NoteIdRule.CIRCUIT))
                    .hasToString("[56571a238d57dd9de05e4e8e0bbde1e8ce5a83eaa69fcc7f8cba134df3fa7e13]");
            assertThat(((ChannelMessage) genesis.tx().ops().get(0)).msgId())
                    .hasToString("2fa7cfb55003a8d5d1bb7a9a4eb72956875d7552373c04e4063b646b2e5246be");
            assertThat(genesis.header().id())
                    .hasToString("02962bd04c3b48dcb0775ffc3c341b2d507d86f53cc3e571cea9cf7eef08dc10");
            assertThat(genesis.totalStake()).isEqualTo(1);
        }

        @Test
        void hashesATransferOfTheGenesisNote() {
            NoteId note = sampleGenesis().tx().noteIds().get(0);
            MantleTx tx = MantleTx.of(List.of(), new LedgerTx(List.of(note), List.of(new Note(1, WALLET_0))));
            assertThat(tx.hash()).hasToString("129289ccaa84fd3fddf6acb7a531b869af710c917cc2455961655a04bb5ccf05");
            assertThat(tx.ledgerTx().hash())
                    .hasToString("56ba111e74ffcf8f16fa2219027849e65628a17697e80cc736ab52d1b35ae30c");
        }

        @Test
        void hashesAndSignsAnInscriptionAndTheBlobAfterIt() {
            SignedMantleTx signed = sampleInscription();
            ChannelMessage first = (ChannelMessage) signed.tx().ops().get(0);
            assertThat(first.msgId()).hasToString("935b1b5b178a92dcd61d28eed3fbaf73ba7f8212d20f24b69b8991c8b006a9c4");
            assertThat(signed.hash()).hasToString("22fb008e00763c7647b9f526deeeed039852f5cf64febb393d59144f2618571a");
            assertThat(Hex.encode(signed.hash().signingBytes()))
                    .isEqualTo("cc07b759675b6916b6f9f3fcb4454a2b1285dc8488558a340328564e9379b326");
            assertThat(((OpProof.Ed25519Sig) signed.opProofs().get(0)).signature())
                    .hasToString("95f7ea48197ba5b64f99181ea1b21991c4d570ba784317f4178ca0f30c44a700"
                            + "0bc443b46a5e8f92eab1e64e44702caacf3ec8d6e789528d69baa64b1417850a");
            ChannelBlob blob =
                    new ChannelBlob(first.channel(), 0, BlobId.of(filled(2)), 31, 0, first.msgId(), first.signer());
            assertThat(blob.msgId()).hasToString("cf4a0559669f6bdb7fb8e15ba234dc1026c01c99b19bb156e789a3da3df7b0e3");
            assertThat(MantleTx.of(List.of(blob), LedgerTx.EMPTY).hash())
                    .hasToString("2b28deb31b30c414b95675c63acb836461ca2db44bb2c59d22f144c84903d50b");
        }

        @Test
        void namesDeclarations() {
            Ed25519PublicKey provider = Ed25519PrivateKey.fromSeed(filled(1)).publicKey();
            ZkPublicKey zkId = ZkPublicKey.fromHex("a50c8377b76c7f5046770075e719130407301b856eda0b6c7618b5113e45d50b");
            NoteId note = new NoteId(Fr.ONE);
            Multiaddr da = Multiaddr.parse("/ip4/127.0.0.1/udp/3300/quic-v1");
            Multiaddr blend = Multiaddr.parse("/ip4/127.0.0.1/udp/4401/quic-v1");
            assertThat(new SdpDeclare(ServiceType.DATA_AVAILABILITY, List.of(da), provider, zkId, note).declarationId())
                    .hasToString("c5a812b57b6aa6697362a4a32f4a01fe63772364ee27de97c9fdb787e20cb9fb");
            assertThat(new SdpDeclare(ServiceType.BLEND, List.of(blend), provider, zkId, note).declarationId())
                    .hasToString("3ce7d28871425d6bc7f7ccc7e7e48169afc062fdf0c276e1c153b71ae502aa65");
        }
    }
}
