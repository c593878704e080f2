/**
 * Follows Cryptarchia: epochs, the lottery, the tree of blocks, fork choice and finality. Only {@code devnode} may use
 * it; it uses only {@code devnode.ledger} and {@code mantle}.
 */
@NullMarked
package org.junitnomos.devnode.chain;

import org.jspecify.annotations.NullMarked;
