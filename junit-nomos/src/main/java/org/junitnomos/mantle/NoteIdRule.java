package org.junitnomos.mantle;

/** How note ids are hashed; node and circuit disagree (node contract 2.3). */
enum NoteIdRule {
    /** The rule of the node: no padding. This is what clients of a node need. */
    NODE,
    /** The rule of the proof-of-leadership circuit: padded with a trailing one. */
    CIRCUIT
}
