package org.junitnomos.deploy;

import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.ZkPublicKey;

/**
 * A wallet that genesis funded with one note.
 *
 * @param label {@code "wallet-user-0"}, …
 * @param key signs for its notes, by {@code RunContext.sign}
 * @param owner owner key in its notes
 * @param genesisNote id of its genesis note
 * @param value value of that note, in base units
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Wallet(String label, Ed25519PrivateKey key, ZkPublicKey owner, NoteId genesisNote, long value) {
    public Wallet {
        Objects.requireNonNull(label, "label");
    }
}
