/**
 * Tests of encoding, hashes, signatures and JSON of transactions and blocks against the vectors of the node contract,
 * and against a chain of real nodes.
 * {@link MantleFixtures} builds values, {@link PlainPoseidon2} is an independent second opinion.
 */
@NullMarked
package org.junitnomos.mantle;

import org.jspecify.annotations.NullMarked;
