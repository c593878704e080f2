package org.junitnomos.devnode.ledger;

import org.apiguardian.api.API;
import org.junitnomos.mantle.SdpDeclare;

/**
 * A declared provider (node contract 2.7).
 *
 * @param declare what it declared
 * @param created number of the block that declared it
 * @param active number of the block in which it was last known to be active
 * @param nonce its nonce, unsigned
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Declaration(SdpDeclare declare, long created, long active, long nonce) {}
