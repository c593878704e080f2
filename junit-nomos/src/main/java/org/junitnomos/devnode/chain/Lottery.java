package org.junitnomos.devnode.chain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.ledger.LedgerState;
import org.junitnomos.mantle.LotteryParameters;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.NoteLottery;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.mantle.ZkSecretKey;

/**
 * Draws whether a node, with all notes of the keys that its wallet knows, leads a slot (node contract 3.3): each note
 * has a ticket of its own, which depends on the key of the leader as well. Not thread-safe.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Lottery {
    private final ZkSecretKey key;
    private final Set<ZkPublicKey> known;
    private final LotteryParameters parameters;
    private final boolean ahead;
    private ChainState.@Nullable Epoch drawn;
    private List<NoteId> notes = List.of();
    private DrawnSlots slots = new DrawnSlots(List.of(), false);

    /**
     * Creates the lottery of one node.
     *
     * @param parameters the chain
     * @param key secret key of the leader, with which all notes are played, whoever owns them
     * @param known the owners whose notes take part; without the leader's own its notes do not
     * @param ahead whether to draw slots before they come, on processors that have nothing else to do
     */
    public Lottery(ChainParameters parameters, ZkSecretKey key, List<ZkPublicKey> known, boolean ahead) {
        this.key = key;
        this.ahead = ahead;
        this.known = new LinkedHashSet<>(known);
        this.parameters = LotteryParameters.of(
                parameters.activeSlotCoefficient().doubleValue(),
                parameters.totalStake().max(BigInteger.ONE).longValue());
    }

    /**
     * Tells whether the leader may propose.
     *
     * @param epoch the epoch of the slot
     * @param slot the slot
     * @param ledger the ledger before it; a spent note no longer wins
     * @return whether one of the notes wins
     */
    public boolean wins(ChainState.Epoch epoch, long slot, LedgerState ledger) {
        if (drawn == null || !sameDraw(drawn, epoch)) {
            prepare(epoch);
            drawn = epoch;
        }
        for (int winner : slots.winners(slot)) {
            if (ledger.notes().containsKey(notes.get(winner))) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameDraw(ChainState.Epoch first, ChainState.Epoch second) {
        return first.nonce().equals(second.nonce()) && first.notes() == second.notes();
    }

    private void prepare(ChainState.Epoch epoch) {
        notes = new ArrayList<>();
        List<NoteLottery> tickets = new ArrayList<>();
        epoch.notes().forEach((id, note) -> {
            if (known.contains(note.owner())) {
                notes.add(id);
                tickets.add(new NoteLottery(parameters, epoch.nonce(), id, note.value(), key));
            }
        });
        slots = new DrawnSlots(tickets, ahead);
    }
}
