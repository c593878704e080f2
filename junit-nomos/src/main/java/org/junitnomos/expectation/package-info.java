/**
 * Judges runs: the built-in expectations. Written against {@code scenario} and the journal as a user's own would be.
 */
@NullMarked
package org.junitnomos.expectation;

import org.jspecify.annotations.NullMarked;
