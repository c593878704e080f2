package org.junitnomos.mantle;

import java.nio.charset.StandardCharsets;

/** The domain tags of the Poseidon2 hashes, and the sponge states after absorbing them (node contract 2.3). */
final class DomainTags {

    static final Fr KEY_DERIVATION = tag("NOMOS_KDF");
    static final Poseidon2State MANTLE_TX = Poseidon2State.EMPTY.absorb(tag("NOMOS_MANTLE_TXHASH_V1"));
    static final Poseidon2State LEDGER_TX = Poseidon2State.EMPTY.absorb(tag("NOMOS_LEDGER_TXHASH_V1"));
    static final Poseidon2State NOTE_ID = Poseidon2State.EMPTY.absorb(tag("NOMOS_NOTE_ID_V1"));
    static final Poseidon2State EPOCH_NONCE = Poseidon2State.EMPTY.absorb(tag("EPOCH_NONCE_V1"));

    private DomainTags() {}

    private static Fr tag(String text) {
        return Fr.fromLittleEndianModulo(text.getBytes(StandardCharsets.US_ASCII));
    }
}
