package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTests {

    @ParameterizedTest
    @CsvSource({
        "0, c55b87f49e6bb9238e4d89ab52f87ac44f8cc5df4734c9b8cd8aeebffda6da1d",
        "1, 974f810b482a26d3e2d3a66d2c25a7789a56b7b43169bb00dbd6232812479b01",
        "42, 1a01ab85bdb8a0d333e266fc559efc0f2cb64390469fde274615bffe8fba110e",
        "27767, 29b67531bb6456772e2d0aaef94bbe48df0c6fdcfe03c56e9ce86b3c104e861a",
        "93303, 6c25c9689b2992ab6f7f7f8f8ca9e630a94b3cf33e4d3c10a3e1360df1ffc92a",
        "158839, 0dfe3b074cebf8db09ac4db8602621c76f104b84848003e79f021d5a72874022"
    })
    void derivesZkPublicKeys(long secret, String publicKey) {
        assertThat(new ZkSecretKey(Fr.of(secret)).toPublicKey()).hasToString(publicKey);
    }

    @Test
    void derivesTheZkIdOfAProvider() {
        Fr secret = Fr.fromHex("8988e3ede0130f526ce221b4f3d1294a6d0f883d674ec262c9d4562041c10a2c");
        assertThat(new ZkSecretKey(secret).toPublicKey())
                .hasToString("a50c8377b76c7f5046770075e719130407301b856eda0b6c7618b5113e45d50b");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
        "1, 8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c",
        "4, ca93ac1705187071d67b83c7ff0efe8108e8ec4530575d7726879333dbdabe7c"
    })
    void derivesEd25519PublicKeys(byte seed, String publicKey) {
        assertThat(key(seed).publicKey()).hasToString(publicKey);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN",
        "1, 12D3KooWK99VoVxNE7XzyBwXEzW7xhK7Gpv85r9F3V3fyKSUKPH5"
    })
    void namesPeers(byte seed, String peerId) {
        assertThat(key(seed).publicKey().toPeerId()).isEqualTo(peerId);
    }

    @Test
    void signsAndVerifies() {
        byte[] message = "hello".getBytes(StandardCharsets.US_ASCII);
        Ed25519Signature signature = key((byte) 7).sign(message);
        assertThat(key((byte) 7).publicKey().verify(message, signature)).isTrue();
        assertThat(key((byte) 8).publicKey().verify(message, signature)).isFalse();
        assertThat(key((byte) 7).publicKey().verify(new byte[5], signature)).isFalse();
        assertThat(Ed25519PublicKey.ZERO.verify(message, signature)).isFalse();
        assertThat(key((byte) 7).publicKey().verify(message, Ed25519Signature.ZERO))
                .isFalse();
    }

    @Test
    void hidesSecrets() {
        assertThat(new ZkSecretKey(Fr.of(5))).hasToString("ZkSecretKey[hidden]");
        assertThat(key((byte) 0))
                .hasToString(
                        "Ed25519PrivateKey[publicKey=3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29]");
    }

    @Test
    void rejectsSeedsOfWrongLength() {
        assertThatThrownBy(() -> Ed25519PrivateKey.fromSeed(new byte[31]))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("expected a seed of 32 bytes but was 31");
    }

    @Test
    void distinguishesIdsOfDifferentKinds() {
        assertThat((Object) HeaderId.ZERO).isEqualTo(HeaderId.of(new byte[32])).isNotEqualTo(MsgId.ZERO);
        assertThat(HeaderId.fromHex("0X".replace('X', 'x') + "AB".repeat(32))).hasToString("ab".repeat(32));
        assertThatThrownBy(() -> HeaderId.of(new byte[33]))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("expected 32 bytes but was 33");
    }

    private static Ed25519PrivateKey key(byte seed) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, seed);
        return Ed25519PrivateKey.fromSeed(bytes);
    }
}
