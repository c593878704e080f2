package org.junitnomos.devnode.ledger;

import org.apiguardian.api.API;

/** The ledger refuses a transaction; the text says why. Carries no stack trace, as it is an ordinary outcome. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class RejectedTransactionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * Creates the refusal.
     *
     * @param reason the rule that does not hold
     * @param detail what is wrong
     */
    public RejectedTransactionException(Reason reason, String detail) {
        super(reason + ": " + detail, null, false, false);
        this.reason = reason;
    }

    /** {@return the rule that does not hold} */
    public Reason reason() {
        return reason;
    }

    /** A rule of the ledger (node contract 2.4 to 2.7). */
    public enum Reason {
        /** The proofs do not fit the operations, or a signature of a channel message is wrong. */
        INVALID_SHAPE,
        /** An input is unknown or spent. */
        UNKNOWN_NOTE,
        /** An input is named twice. */
        DOUBLE_SPEND,
        /** An input is locked by a declaration. */
        LOCKED_NOTE,
        /** The ledger proof is not one of the owner of all inputs. */
        INVALID_LEDGER_PROOF,
        /** An output has the value 0. */
        ZERO_VALUE_NOTE,
        /** A sum exceeds 64 bits. */
        OVERFLOW,
        /** The inputs are less than outputs and gas. */
        INSUFFICIENT_BALANCE,
        /** The inputs are more than outputs and gas. */
        UNBALANCED_TRANSACTION,
        /** A channel message does not follow the last message of its channel. */
        INVALID_PARENT,
        /** A channel message is signed by a key that may not write to the channel. */
        UNAUTHORIZED_SIGNER,
        /** A channel would be left without keys. */
        EMPTY_KEYS,
        /** The proof of an operation does not verify. */
        INVALID_OP_PROOF,
        /** A declaration exists already. */
        DUPLICATE_DECLARATION,
        /** The note to lock has too little value. */
        NOTE_INSUFFICIENT_VALUE,
        /** The note is locked for the service already. */
        NOTE_ALREADY_LOCKED,
        /** A declaration does not exist. */
        UNKNOWN_DECLARATION,
        /** A nonce is not above that of the declaration. */
        INVALID_NONCE,
        /** A withdrawal comes before the end of the lock period. */
        WITHDRAWAL_WHILE_LOCKED,
        /** The ledger knows no such operation. */
        UNSUPPORTED_OP
    }
}
