/**
 * Keeps blobs available: who holds which column, dispersal by executors, taking and keeping shares, and sampling (node
 * contract 4). Without input and output: what is sent goes through a port, what is to be done later is told to it. Only
 * {@code devnode} may use it; it uses only {@code mantle}, {@code devnode.ledger} and {@code devnode.chain}.
 */
@NullMarked
package org.junitnomos.devnode.da;

import org.jspecify.annotations.NullMarked;
