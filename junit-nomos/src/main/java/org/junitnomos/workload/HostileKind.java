package org.junitnomos.workload;

import java.util.Locale;

/** What is wrong with a transaction that must never be included (node contract 2.4, 2.6). */
enum HostileKind {
    /** Spends a note again whose spending is irreversible. */
    DOUBLE_SPEND,
    /** Is on the chain already, and irreversible. */
    REPLAY,
    /** Creates notes worth more than it spends. */
    OVERSPEND,
    /** Creates notes worth less than it spends, beyond its gas. */
    UNDERSPEND,
    /** Spends a note of somebody else. */
    FOREIGN_NOTE,
    /** Spends a note that never was. */
    UNKNOWN_NOTE,
    /** Names one note as two inputs. */
    SAME_NOTE_TWICE,
    /** Its ledger proof is not one. */
    WRONG_PROOF,
    /** A message is not signed by its signer. */
    WRONG_SIGNATURE,
    /** A message names a parent that its channel does not have. */
    WRONG_PARENT,
    /** Has more inputs than a proof covers. */
    TOO_MANY_INPUTS,
    /** Creates a note that is worth nothing. */
    ZERO_VALUE,
    /** Is longer than any block. */
    TOO_LARGE;

    /** {@return the kind as it stands in journals and texts, for example {@code "double spend"}} */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
