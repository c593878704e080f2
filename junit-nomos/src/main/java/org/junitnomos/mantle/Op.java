package org.junitnomos.mantle;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One operation of a transaction (node contract 2.1).
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public sealed interface Op permits ChannelMessage, ChannelSetKeys, SdpDeclare, SdpWithdraw, SdpActive, LeaderClaim {

    /** {@return the opcode that names the kind of operation on the wire, 0 to 255} */
    int opcode();

    /** {@return the gas, an unsigned 64-bit number, that the execution of this operation costs (node contract 2.5)} */
    long executionGas();
}
