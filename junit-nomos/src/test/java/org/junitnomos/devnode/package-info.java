/**
 * Tests of the dev node without input or output: API, peers, chain and blobs. {@link DevNet} runs nodes in one thread
 * and in order of time, {@link TestGenesis} makes a genesis and signs, {@link Fuzz} feeds seeded inputs; the defects
 * in {@code planted} are tested to be defects.
 */
@NullMarked
package org.junitnomos.devnode;

import org.jspecify.annotations.NullMarked;
