package org.junitnomos.realnode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.mantle.ZkSignature;

/** What {@link StandInProver} writes, as nodes see it: the owner's secret, bound to a transaction. */
public final class StandInProof {
    private StandInProof() {}

    /** Binds an owner to a message, by circuits of a release. */
    static Fr binding(Fr owner, Fr message, String release) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(owner.toLittleEndianBytes());
            digest.update(message.toLittleEndianBytes());
            digest.update(release.getBytes(StandardCharsets.UTF_8));
            return Fr.fromLittleEndianModulo(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tells whether a proof is one about that transaction, by circuits of that release. */
    public static boolean isAbout(ZkSignature proof, TxHash transaction, String release) {
        Fr owner = Fr.fromLittleEndianModulo(proof.piA());
        byte[] bound = binding(owner, transaction.value(), release).toLittleEndianBytes();
        return proof.piC()[0] == 7 && Arrays.equals(bound, Arrays.copyOf(proof.piB(), Fr.LENGTH));
    }
}
