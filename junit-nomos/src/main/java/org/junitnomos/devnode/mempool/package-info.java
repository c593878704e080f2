/**
 * Keeps the transactions a dev node has heard of. Only {@code devnode} may use it; it uses only
 * {@code mantle}.
 */
@NullMarked
package org.junitnomos.devnode.mempool;

import org.jspecify.annotations.NullMarked;
