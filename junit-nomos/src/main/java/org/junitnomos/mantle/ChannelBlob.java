package org.junitnomos.mantle;

import java.util.Objects;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The announcement of a blob of the data availability layer on a channel.
 *
 * @param channel the channel to extend
 * @param session the session of the data availability service, unsigned
 * @param blob the id of the blob
 * @param blobSize the size of the blob in bytes, unsigned
 * @param daStorageGasPrice the price per byte, unsigned
 * @param parent the message before this one; {@link MsgId#ZERO} for the first of a channel
 * @param signer the key that signs this operation
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public record ChannelBlob(
        ChannelId channel,
        long session,
        BlobId blob,
        long blobSize,
        long daStorageGasPrice,
        MsgId parent,
        Ed25519PublicKey signer)
        implements ChannelMessage {

    static final int OPCODE = 0x01;

    public ChannelBlob {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(blob, "blob");
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(signer, "signer");
    }

    @Override
    public int opcode() {
        return OPCODE;
    }

    @Override
    public long executionGas() {
        return 800 + 100 * Long.divideUnsigned(blobSize, 32768);
    }

    @Override
    public MsgId msgId() {
        return new MsgId(Blake2b.hash(MantleCodec.encodePayload(this)));
    }
}
