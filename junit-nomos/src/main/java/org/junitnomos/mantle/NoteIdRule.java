package org.junitnomos.mantle;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How note ids are hashed; node and circuit disagree (node contract 2.3).
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum NoteIdRule {
    /** The rule of the node: no padding. This is what clients of a node need. */
    NODE,
    /** The rule of the proof-of-leadership circuit: padded with a trailing one. */
    CIRCUIT
}
