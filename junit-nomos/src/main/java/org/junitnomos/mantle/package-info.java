/**
 * The wire model of a Nomos node: transactions, operations, notes, blocks and their ids, with canonical binary
 * encoding, JSON, Poseidon2, Blake2b and Ed25519.
 *
 * <p>Everything here is an immutable value or a pure function; nothing does input or output. Protocol facts are those
 * of the node contract and are pinned by its vectors. Every other package may use this one; it uses none of them.
 */
@NullMarked
package org.junitnomos.mantle;

import org.jspecify.annotations.NullMarked;
