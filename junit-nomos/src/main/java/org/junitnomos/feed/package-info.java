/**
 * Observes the blocks of a running cluster on every node, aware of forks. Used by the runner, workloads, expectations
 * and test bodies.
 */
@NullMarked
package org.junitnomos.feed;

import org.jspecify.annotations.NullMarked;
