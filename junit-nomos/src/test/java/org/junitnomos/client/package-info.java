/**
 * Tests of the clients of the node API against golden JSON of the node contract, a session with real nodes, and servers
 * that fail: one that answers from a queue, or a plain socket whose other end the test holds. {@link WireFixtures} has
 * blocks and transactions to answer with.
 */
@NullMarked
package org.junitnomos.client;

import org.jspecify.annotations.NullMarked;
