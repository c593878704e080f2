package org.junitnomos.devnode.chain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.ledger.LedgerState;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.Poseidon2State;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.mantle.ZkSecretKey;

/** Draw who leads a slot, by the formula of development builds (node contract 3.3). Not thread-safe. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Lottery {
    private final ZkSecretKey key;
    private final ZkPublicKey owner;
    private final Thresholds thresholds;
    private ChainState.@Nullable Epoch drawn;
    private List<Ticket> tickets = List.of();

    /**
     * Create the lottery of one leader.
     *
     * @param parameters the chain
     * @param key secret key of the leader; only notes of its public key take part
     */
    public Lottery(ChainParameters parameters, ZkSecretKey key) {
        this.key = key;
        this.owner = key.toPublicKey();
        this.thresholds = new Thresholds(parameters.activeSlotCoefficient(), parameters.totalStake());
    }

    /**
     * Tell whether the leader may propose.
     *
     * @param epoch the epoch of the slot
     * @param slot the slot
     * @param ledger the ledger before it; a spent note no longer wins
     * @return whether one of the notes wins
     */
    public boolean wins(ChainState.Epoch epoch, long slot, LedgerState ledger) {
        if (drawn == null || !sameDraw(drawn, epoch)) {
            tickets = prepare(epoch);
            drawn = epoch;
        }
        for (Ticket ticket : tickets) {
            if (ticket.wins(slot) && ledger.notes().containsKey(ticket.note)) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameDraw(ChainState.Epoch first, ChainState.Epoch second) {
        return first.nonce().equals(second.nonce()) && first.notes() == second.notes();
    }

    private List<Ticket> prepare(ChainState.Epoch epoch) {
        List<Ticket> prepared = new ArrayList<>();
        epoch.notes().forEach((id, note) -> {
            if (note.owner().equals(owner)) {
                prepared.add(ticket(id, note, epoch.nonce()));
            }
        });
        return prepared;
    }

    private Ticket ticket(NoteId id, Note note, Fr nonce) {
        Poseidon2State prefix =
                Poseidon2State.EMPTY.absorb(id.value()).absorb(key.value()).absorb(nonce);
        return new Ticket(id, prefix, thresholds.of(note.value()));
    }

    /** Hold one note's part in the lottery of an epoch; the slot is all that is missing. */
    private record Ticket(NoteId note, Poseidon2State prefix, Fr threshold) {
        boolean wins(long slot) {
            return prefix.absorb(Fr.of(slot)).digest().compareTo(threshold) < 0;
        }
    }

    /** Compute below which number a ticket wins: {@code v (t0 + t1 v)} modulo r. */
    static final class Thresholds {
        private static final BigInteger R =
                Fr.of(BigInteger.ONE.negate()).toBigInteger().add(BigInteger.ONE);

        private final BigInteger t0;
        private final BigInteger t1;

        Thresholds(BigDecimal activeSlotCoefficient, BigInteger stake) {
            BigInteger totalStake = stake.max(BigInteger.ONE);
            BigDecimal a = new BigDecimal(-StrictMath.log1p(-activeSlotCoefficient.doubleValue()));
            BigDecimal r = new BigDecimal(R);
            BigInteger square = totalStake.multiply(totalStake).shiftLeft(1);
            this.t0 = r.multiply(a).toBigInteger().divide(totalStake);
            this.t1 = R.subtract(r.multiply(a).multiply(a).toBigInteger().divide(square));
        }

        Fr of(long value) {
            BigInteger v = new BigInteger(Long.toUnsignedString(value));
            return Fr.of(v.multiply(t0.add(t1.multiply(v))).mod(R));
        }
    }
}
