/**
 * Tests of the dev node's chain as values: fork choice, epochs and the leader lottery, on a {@link
 * org.junitnomos.devnode.TestGenesis}.
 */
@NullMarked
package org.junitnomos.devnode.chain;

import org.jspecify.annotations.NullMarked;
