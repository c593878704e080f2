/**
 * Decides what a transaction does to the ledger of the dev node: notes, channels and declarations as immutable states
 * with structural sharing, so that every block has its own. Only {@code devnode} and its parts may use it; it uses only
 * {@code mantle}.
 */
@NullMarked
package org.junitnomos.devnode.ledger;

import org.jspecify.annotations.NullMarked;
