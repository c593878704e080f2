/**
 * Metrics of a run: what nodes tell, and what our own client sees of them, sampled into the journal and read from it.
 */
@NullMarked
package org.junitnomos.metrics;

import org.jspecify.annotations.NullMarked;
