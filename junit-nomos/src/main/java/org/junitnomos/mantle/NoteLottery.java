package org.junitnomos.mantle;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Plays the slot lottery with one note during one epoch (node contract 2.3, 3.3).
 *
 * <p>What does not change from slot to slot is hashed once.
 *
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class NoteLottery {

    private final Poseidon2State prefix;
    private final Fr threshold;

    /**
     * Enters the lottery.
     *
     * @param parameters the constants of the epoch
     * @param value the value of the note, unsigned
     * @param secret the key that owns the note
     */
    public NoteLottery(LotteryParameters parameters, Fr epochNonce, NoteId note, long value, ZkSecretKey secret) {
        this.prefix =
                Poseidon2State.EMPTY.absorb(note.value()).absorb(secret.value()).absorb(epochNonce);
        this.threshold = parameters.threshold(value);
    }

    /**
     * Tells whether the note leads a slot.
     *
     * @param slot the slot, unsigned
     * @return whether its ticket is below the threshold
     */
    public boolean wins(long slot) {
        return ticket(slot).compareTo(threshold) < 0;
    }

    /** Draws the ticket of a slot, unsigned, by the rule of the node. */
    public Fr ticket(long slot) {
        return prefix.absorb(Fr.of(slot)).digest();
    }
}
