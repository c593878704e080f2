package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that the framework derives from the id of a node, 32 times 0x01 (node contract 5.4 and Appendix B). */
class DerivedKeyVectorTests {
    private static final byte[] ID = filled();

    @ParameterizedTest
    @CsvSource({
        "ld, 83bae89470e642ea6970450dfd899affdb26dea7187396db178a76eb7661a023",
        "da, d89f90461b13658560af73df747bb6ba2dec07d589621629c4c7c36a926d730d",
        "bn, 0f76472ee2578a1aef3631e4ebf1987223c8237f47e73b2f6ce93ebd4fc36703"
    })
    void notesBelongToTheKeyOfTheirTag(String tag, String owner) {
        var secret = new byte[32];
        System.arraycopy(tag.getBytes(StandardCharsets.US_ASCII), 0, secret, 0, 2);
        System.arraycopy(ID, 0, secret, 2, 14);

        assertThat(new ZkSecretKey(Fr.fromLittleEndianBytes(secret)).toPublicKey())
                .hasToString(owner);
    }

    @Test
    void providersProveWithTheirSignerReadAsANumber() {
        var signer = Ed25519PrivateKey.fromSeed(ID).publicKey();
        var secret = new ZkSecretKey(Fr.fromLittleEndianModulo(signer.toBytes()));

        assertThat(signer.toHex()).isEqualTo("8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c");
        assertThat(secret.value().toHex())
                .isEqualTo("8988e3ede0130f526ce221b4f3d1294a6d0f883d674ec262c9d4562041c10a2c");
        assertThat(secret.toPublicKey())
                .hasToString("a50c8377b76c7f5046770075e719130407301b856eda0b6c7618b5113e45d50b");
    }

    private static byte[] filled() {
        var id = new byte[32];
        Arrays.fill(id, (byte) 1);
        return id;
    }
}
