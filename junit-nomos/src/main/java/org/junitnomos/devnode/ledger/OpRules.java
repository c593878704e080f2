package org.junitnomos.devnode.ledger;

import java.util.List;
import org.junitnomos.devnode.ledger.RejectedTransactionException.Reason;
import org.junitnomos.mantle.ChannelMessage;
import org.junitnomos.mantle.ChannelSetKeys;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.Op;
import org.junitnomos.mantle.OpProof;
import org.junitnomos.mantle.SdpActive;
import org.junitnomos.mantle.SdpDeclare;
import org.junitnomos.mantle.SdpWithdraw;
import org.junitnomos.mantle.TxHash;

/** Applies the operations of a transaction (node contract 2.6). */
final class OpRules {
    private OpRules() {}

    static LedgerState apply(LedgerState state, TxHash hash, Op op, OpProof proof, long blockNumber)
            throws RejectedTransactionException {
        if (op instanceof ChannelMessage message) {
            return extend(state, message, proof);
        }
        if (op instanceof ChannelSetKeys setKeys) {
            return setKeys(state, hash, setKeys, proof);
        }
        if (op instanceof SdpDeclare declare) {
            return SdpRules.declare(state, hash, declare, proof, blockNumber);
        }
        if (op instanceof SdpActive active) {
            return SdpRules.active(state, hash, active, proof, blockNumber);
        }
        if (op instanceof SdpWithdraw withdraw) {
            return SdpRules.withdraw(state, hash, withdraw, proof, blockNumber);
        }
        throw new RejectedTransactionException(Reason.UNSUPPORTED_OP, "opcode " + op.opcode());
    }

    /** Appends a message without looking at its proof, as at genesis. */
    static LedgerState extend(LedgerState state, ChannelMessage message) throws RejectedTransactionException {
        Channel channel = state.channels().get(message.channel());
        if (channel == null) {
            channel = new Channel(MsgId.ZERO, List.of(message.signer()));
        }
        if (!message.parent().equals(channel.tip())) {
            throw new RejectedTransactionException(
                    Reason.INVALID_PARENT,
                    "channel " + message.channel() + " ends with message " + channel.tip() + " but the parent is "
                            + message.parent());
        }
        if (!channel.keys().contains(message.signer())) {
            throw new RejectedTransactionException(
                    Reason.UNAUTHORIZED_SIGNER, "channel " + message.channel() + " has no key " + message.signer());
        }
        return state.withChannel(message.channel(), new Channel(message.msgId(), channel.keys()));
    }

    /** The signature itself was checked with the shape; only its presence is left. */
    private static LedgerState extend(LedgerState state, ChannelMessage message, OpProof proof)
            throws RejectedTransactionException {
        if (!(proof instanceof OpProof.Ed25519Sig)) {
            throw new RejectedTransactionException(
                    Reason.INVALID_OP_PROOF, "a channel message needs an Ed25519 signature");
        }
        return extend(state, message);
    }

    private static LedgerState setKeys(LedgerState state, TxHash hash, ChannelSetKeys setKeys, OpProof proof)
            throws RejectedTransactionException {
        if (setKeys.keys().isEmpty()) {
            throw new RejectedTransactionException(Reason.EMPTY_KEYS, "channel " + setKeys.channel());
        }
        Channel channel = state.channels().get(setKeys.channel());
        if (channel == null) {
            return state.withChannel(setKeys.channel(), new Channel(MsgId.ZERO, setKeys.keys()));
        }
        boolean valid = proof instanceof OpProof.Ed25519Sig sig
                && channel.keys().get(0).verify(hash.signingBytes(), sig.signature());
        if (!valid) {
            throw new RejectedTransactionException(
                    Reason.INVALID_OP_PROOF, "not signed by the first key of channel " + setKeys.channel());
        }
        return state.withChannel(setKeys.channel(), new Channel(channel.tip(), setKeys.keys()));
    }
}
