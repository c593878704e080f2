package org.junitnomos.mantle;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The secret field element behind a {@link ZkPublicKey}.
 *
 * @param value the secret
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record ZkSecretKey(Fr value) {

    /** Derives the public key (node contract 2.3: Poseidon2 {@code compress} with the tag {@code NOMOS_KDF}). */
    public ZkPublicKey toPublicKey() {
        return new ZkPublicKey(Poseidon2.compress(DomainTags.KEY_DERIVATION, value));
    }

    /** Hides the secret. */
    @Override
    public String toString() {
        return "ZkSecretKey[hidden]";
    }
}
