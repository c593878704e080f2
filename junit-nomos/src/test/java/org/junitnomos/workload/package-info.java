/**
 * Tests of the built-in workloads: what is due and what becomes of it, on a clock and a chain that a test moves, and
 * in runs on dev nodes.
 */
@NullMarked
package org.junitnomos.workload;

import org.jspecify.annotations.NullMarked;
