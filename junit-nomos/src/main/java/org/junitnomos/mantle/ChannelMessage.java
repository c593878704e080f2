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

    /** {@return the channel this message extends} */
    ChannelId channel();

    /** {@return the message before this one; {@link MsgId#ZERO} for the first message of a channel} */
    MsgId parent();

    /** {@return the key whose signature this operation needs} */
    Ed25519PublicKey signer();

    /**
     * {@return the id of this message, the Blake2b-256 hash of its encoded payload: the parent of the next one on the
     * channel}
     */
    MsgId msgId();
}
