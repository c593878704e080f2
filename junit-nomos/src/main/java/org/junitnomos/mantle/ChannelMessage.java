package org.junitnomos.mantle;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * An operation that extends a channel (node contract 2.6).
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public sealed interface ChannelMessage extends Op permits ChannelInscribe, ChannelBlob {

    /**
     * Returns the channel this message extends.
     *
     * @return the channel
     */
    ChannelId channel();

    /**
     * Returns the message before this one.
     *
     * @return the parent; {@link MsgId#ZERO} for the first message of a channel
     */
    MsgId parent();

    /**
     * Returns the key whose signature this operation needs.
     *
     * @return the signer
     */
    Ed25519PublicKey signer();

    /**
     * Returns the id of this message, the parent of the next one on the channel.
     *
     * @return the Blake2b-256 hash of the encoded payload
     */
    MsgId msgId();
}
