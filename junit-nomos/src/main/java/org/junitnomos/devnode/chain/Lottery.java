package org.junitnomos.devnode.chain;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    private ChainState.@Nullable Epoch drawn;
    private Map<NoteId, NoteLottery> tickets = new LinkedHashMap<>();

    /**
     * Creates the lottery of one node.
     *
     * @param parameters the chain
     * @param key secret key of the leader, with which all notes are played, whoever owns them
     * @param known the owners whose notes take part; without the leader's own its notes do not
     */
    public Lottery(ChainParameters parameters, ZkSecretKey key, List<ZkPublicKey> known) {
        this.key = key;
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
            tickets = prepare(epoch);
            drawn = epoch;
        }
        for (var ticket : tickets.entrySet()) {
            if (ticket.getValue().wins(slot) && ledger.notes().containsKey(ticket.getKey())) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameDraw(ChainState.Epoch first, ChainState.Epoch second) {
        return first.nonce().equals(second.nonce()) && first.notes() == second.notes();
    }

    private Map<NoteId, NoteLottery> prepare(ChainState.Epoch epoch) {
        Map<NoteId, NoteLottery> prepared = new LinkedHashMap<>();
        epoch.notes().forEach((id, note) -> {
            if (known.contains(note.owner())) {
                prepared.put(id, new NoteLottery(parameters, epoch.nonce(), id, note.value(), key));
            }
        });
        return prepared;
    }
}
