/**
 * Tests of the rules of the dev node's ledger as values: which transactions are valid and what they change, on a
 * {@link org.junitnomos.devnode.TestGenesis}.
 */
@NullMarked
package org.junitnomos.devnode.ledger;

import org.jspecify.annotations.NullMarked;
