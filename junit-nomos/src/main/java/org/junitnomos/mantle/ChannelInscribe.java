package org.junitnomos.mantle;

import java.util.Arrays;
import java.util.Objects;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * An inscription: bytes written to a channel.
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ChannelInscribe implements ChannelMessage {

    static final int OPCODE = 0x00;

    private final ChannelId channel;
    private final byte[] inscription;
    private final MsgId parent;
    private final Ed25519PublicKey signer;
    private volatile @Nullable MsgId msgId;

    /**
     * Creates an inscription.
     *
     * @param channel the channel to extend
     * @param inscription the bytes to write; copied
     * @param parent the message before this one; {@link MsgId#ZERO} for the first of a channel
     * @param signer the key that signs this operation
     */
    public ChannelInscribe(ChannelId channel, byte[] inscription, MsgId parent, Ed25519PublicKey signer) {
        this.channel = Objects.requireNonNull(channel, "channel");
        this.inscription = inscription.clone();
        this.parent = Objects.requireNonNull(parent, "parent");
        this.signer = Objects.requireNonNull(signer, "signer");
    }

    @Override
    public ChannelId channel() {
        return channel;
    }

    /** {@return the bytes written, as a fresh array} */
    public byte[] inscription() {
        return inscription.clone();
    }

    byte[] rawInscription() {
        return inscription;
    }

    @Override
    public MsgId parent() {
        return parent;
    }

    @Override
    public Ed25519PublicKey signer() {
        return signer;
    }

    @Override
    public int opcode() {
        return OPCODE;
    }

    @Override
    public long executionGas() {
        return 22;
    }

    @Override
    public MsgId msgId() {
        MsgId known = msgId;
        if (known == null) {
            known = new MsgId(Blake2b.hash(MantleCodec.encodePayload(this)));
            msgId = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ChannelInscribe that
                        && channel.equals(that.channel)
                        && Arrays.equals(inscription, that.inscription)
                        && parent.equals(that.parent)
                        && signer.equals(that.signer));
    }

    @Override
    public int hashCode() {
        return 31 * (31 * channel.hashCode() + Arrays.hashCode(inscription)) + parent.hashCode();
    }

    @Override
    public String toString() {
        return "ChannelInscribe[channel=" + channel + ", inscription=" + inscription.length + " bytes, parent=" + parent
                + ", signer=" + signer + "]";
    }
}
