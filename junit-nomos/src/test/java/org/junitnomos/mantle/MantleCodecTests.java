package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.mantle.MantleFixtures.filled;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MantleCodecTests {

    @Test
    void readsWhatItWrote() {
        Random random = new Random(21);
        for (int i = 0; i < 500; i++) {
            SignedMantleTx signed = MantleFixtures.signedTx(random);
            byte[] bytes = MantleCodec.encode(signed);
            SignedMantleTx read = MantleCodec.decodeSignedTx(bytes);
            assertThat(read).isEqualTo(signed).hasSameHashCodeAs(signed);
            assertThat(MantleCodec.encode(read)).isEqualTo(bytes).hasSize(signed.encodedLength());
            assertThat(MantleCodec.decodeTx(MantleCodec.encode(signed.tx()))).isEqualTo(signed.tx());
            LedgerTx ledgerTx = signed.tx().ledgerTx();
            assertThat(MantleCodec.decodeLedgerTx(MantleCodec.encode(ledgerTx))).isEqualTo(ledgerTx);
        }
    }

    @Test
    void writesADeclarationFieldByField() {
        SdpDeclare declare = new SdpDeclare(
                ServiceType.DATA_AVAILABILITY,
                List.of(Multiaddr.parse("/ip4/127.0.0.1/udp/3300/quic-v1")),
                Ed25519PublicKey.of(filled(3)),
                new ZkPublicKey(Fr.of(4)),
                new NoteId(Fr.of(5)));
        assertThat(Hex.encode(MantleCodec.encodePayload(declare)))
                .isEqualTo("01" + "01" + "0b00" + "047f00000191020ce4cd03" + "03".repeat(32) + "04" + "00".repeat(31)
                        + "05" + "00".repeat(31));
    }

    @Test
    void writesWithdrawalsClaimsAndKeysFieldByField() {
        assertThat(Hex.encode(MantleCodec.encodePayload(
                        new SdpWithdraw(DeclarationId.of(filled(1)), new NoteId(Fr.of(2)), 3))))
                .isEqualTo("01".repeat(32) + "0300000000000000" + "02" + "00".repeat(31));
        assertThat(Hex.encode(MantleCodec.encodePayload(new LeaderClaim(Fr.of(1), Fr.of(2), null))))
                .isEqualTo("01" + "00".repeat(31) + "02" + "00".repeat(31));
        assertThat(Hex.encode(MantleCodec.encodePayload(
                        new ChannelSetKeys(ChannelId.of(filled(9)), List.of(Ed25519PublicKey.of(filled(8)))))))
                .isEqualTo("09".repeat(32) + "01" + "08".repeat(32));
    }

    @Test
    void writesActivityMetadataFieldByField() {
        assertThat(Hex.encode(MantleCodec.encode(
                        new ActivityMetadata.DataAvailability(5, new byte[] {1, 2}, new byte[] {3}))))
                .isEqualTo("0001" + "0500000000000000" + "02000000" + "0102" + "01000000" + "03");
        assertThat(Hex.encode(MantleCodec.encode(new ActivityMetadata.Blend(
                        6, Ed25519PublicKey.of(filled(7)), Fr.of(8), ZkSignature.ZERO, Fr.of(9)))))
                .isEqualTo("0101" + "0600000000000000" + "07".repeat(32) + "08" + "00".repeat(31) + "00".repeat(128)
                        + "09" + "00".repeat(31));
    }

    @Test
    void readsALeaderClaimWithoutItsTransactionHash() {
        MantleTx tx = MantleTx.of(List.of(new LeaderClaim(Fr.ONE, Fr.of(2), null)), LedgerTx.EMPTY);
        assertThat(MantleCodec.decodeTx(MantleCodec.encode(tx))).isEqualTo(tx);
    }

    @Nested
    class Malformed {

        private final byte[] sample = MantleCodec.encode(MantleFixtures.sampleInscription());

        @Test
        void rejectsEveryTruncation() {
            Random random = new Random(3);
            for (int i = 0; i < 20; i++) {
                byte[] bytes = MantleCodec.encode(MantleFixtures.signedTx(random));
                for (int length = 0; length < bytes.length; length++) {
                    byte[] cut = Arrays.copyOf(bytes, length);
                    assertThatThrownBy(() -> MantleCodec.decodeSignedTx(cut))
                            .isInstanceOf(WireFormatException.class)
                            .hasMessageContaining("more bytes but was");
                }
            }
        }

        @Test
        void neverFailsOtherwiseOnRandomChanges() {
            Random random = new Random(17);
            int read = 0;
            for (int i = 0; i < 3000; i++) {
                byte[] bytes = MantleCodec.encode(MantleFixtures.signedTx(random));
                for (int change = 0; change <= random.nextInt(3); change++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                try {
                    assertThat(MantleCodec.encode(MantleCodec.decodeSignedTx(bytes)))
                            .isEqualTo(bytes);
                    read++;
                } catch (WireFormatException e) {
                    assertThat(e).hasMessageContaining("expected");
                }
            }
            assertThat(read).isBetween(100, 2990);
        }

        @Test
        void rejectsTrailingBytes() {
            assertThatThrownBy(() -> MantleCodec.decodeSignedTx(Arrays.copyOf(sample, sample.length + 2)))
                    .isInstanceOf(WireFormatException.class)
                    .hasMessage("expected the end of the encoding but was followed by 2 more bytes (at byte "
                            + sample.length + " of " + (sample.length + 2) + ")");
        }

        @Test
        void rejectsUnknownOpcodes() {
            sample[1] = 3;
            assertThatThrownBy(() -> MantleCodec.decodeSignedTx(sample))
                    .isInstanceOf(WireFormatException.class)
                    .hasMessage("ops[0].opcode: expected an opcode of 0, 1, 2, 32, 33, 34 or 48 but was 3"
                            + " (at byte 2 of " + sample.length + ")");
        }

        @Test
        void rejectsLengthsBeyondTheEnd() {
            sample[34] = (byte) 255;
            sample[37] = (byte) 255;
            assertThatThrownBy(() -> MantleCodec.decodeSignedTx(sample))
                    .isInstanceOf(WireFormatException.class)
                    .hasMessageStartingWith("ops[0].payload.inscription: expected 4278190335 more bytes but was ");
        }

        @Test
        void rejectsFieldElementsThatAreNotCanonical() {
            byte[] tx =
                    MantleCodec.encode(MantleTx.of(List.of(), new LedgerTx(List.of(new NoteId(Fr.ONE)), List.of())));
            Arrays.fill(tx, 2, 34, (byte) 255);
            assertThatThrownBy(() -> MantleCodec.decodeTx(tx))
                    .isInstanceOf(WireFormatException.class)
                    .hasMessage("ledger_tx.inputs: expected a field element below the BN254 scalar modulus but was "
                            + "ff".repeat(32) + " (at byte 34 of " + tx.length + ")");
        }

        @Test
        void rejectsProofsTheEncodingHasNoRoomFor() {
            SignedMantleTx bare = new SignedMantleTx(
                    MantleFixtures.sampleInscription().tx(), List.of(new OpProof.NoProof()), ZkSignature.ZERO);
            assertThatThrownBy(() -> MantleCodec.encode(bare))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Mismatch between proof type and operation type: operation 0 is ChannelInscribe and"
                            + " cannot be encoded with a proof of kind NoProof.");
        }

        @Test
        void rejectsMoreElementsThanACountByteHolds() {
            List<NoteId> many = java.util.Collections.nCopies(256, new NoteId(Fr.ONE));
            assertThatThrownBy(() -> new LedgerTx(many, List.of()))
                    .isInstanceOf(WireFormatException.class)
                    .hasMessage("ledger_tx.inputs: expected at most 255 elements but was 256");
        }
    }

    @Nested
    class Addresses {

        @ParameterizedTest
        @CsvSource({
            "/ip4/127.0.0.1/udp/3300/quic-v1, 047f00000191020ce4cd03",
            "/ip4/255.0.10.1/tcp/65535, 04ff000a0106ffff",
            "/ip6/::1/udp/0/quic-v1, 29000000000000000000000000000000019102" + "0000cd03",
            "/ip6/2001:db8::8:800:200c:417a/tcp/80, 2920010db80000000000080800200c417a060050",
            "/dns4/node-0.example/udp/3000/quic-v1, 360e6e6f64652d302e6578616d706c6591020bb8cd03"
        })
        void convertsBothWays(String text, String hex) {
            Multiaddr parsed = Multiaddr.parse(text);
            assertThat(Hex.encode(parsed.toBytes())).isEqualTo(hex);
            assertThat(parsed).hasToString(text);
            assertThat(Multiaddr.fromBytes(Hex.decode(hex, hex.length() / 2)))
                    .isEqualTo(parsed)
                    .hasToString(text);
        }

        @Test
        void carriesPeerIds() {
            String text = "/ip4/10.0.0.1/udp/3000/quic-v1/p2p/12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";
            Multiaddr parsed = Multiaddr.parse(text);
            assertThat(Hex.encode(parsed.toBytes()))
                    .isEqualTo("040a00000191020bb8cd03" + "a50326" + "002408011220"
                            + "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29");
            assertThat(Multiaddr.fromBytes(parsed.toBytes())).hasToString(text);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                quoteCharacter = '`',
                value = {
                    "ip4/127.0.0.1; it does not begin with '/'",
                    "/ip4; the protocol 'ip4' lacks its value",
                    "/ip4/127.0.0.256/udp/1; '127.0.0.256' is no IPv4 address",
                    "/ip4/1.2.3/udp/1; '1.2.3' is no IPv4 address",
                    "/ip6/1::2::3/udp/1; '1::2::3' is no IPv6 address",
                    "/ip6/1:2/udp/1; '1:2' is no IPv6 address",
                    "/ip4/1.2.3.4/udp/65536; '65536' is no port from 0 to 65535",
                    "/ip4/1.2.3.4/udp/-1; '-1' is no port from 0 to 65535",
                    "/sctp/5; the protocol 'sctp' is not one of ip4, ip6, dns4, udp, tcp, quic-v1, p2p"
                })
        void rejectsMalformedText(String text, String reason) {
            assertThatThrownBy(() -> Multiaddr.parse(text))
                    .isInstanceOf(WireFormatException.class)
                    .hasMessage("expected a multiaddr such as \"/ip4/127.0.0.1/udp/3300/quic-v1\" but was \"" + text
                            + "\": " + reason);
        }

        @Test
        void rejectsMalformedBytesAndNames() {
            assertThatThrownBy(() -> Multiaddr.fromBytes(new byte[] {5}))
                    .isInstanceOf(WireFormatException.class)
                    .hasMessage("multiaddr: expected a known multiaddr protocol but was code 5 (at byte 1 of 1)");
            assertThatThrownBy(() -> Multiaddr.fromBytes(new byte[0]))
                    .hasMessage("multiaddr: expected a multiaddr but was empty (at byte 0 of 0)");
            assertThatThrownBy(() -> Multiaddr.fromBytes(new byte[] {4, 1, 2}))
                    .hasMessage("multiaddr: expected 4 more bytes but was 2 (at byte 1 of 3)");
            assertThatThrownBy(() -> Multiaddr.parse("/dns4/a b/tcp/1"))
                    .isInstanceOf(WireFormatException.class)
                    .hasMessage("expected a host name of letters, digits, '.', '_' and '-' but was \"a b\"");
            assertThatThrownBy(() -> Multiaddr.parse("/p2p/0OIl"))
                    .isInstanceOf(WireFormatException.class)
                    .hasMessage("expected a base58 peer id but was \"0OIl\" with '0'");
        }
    }
}
