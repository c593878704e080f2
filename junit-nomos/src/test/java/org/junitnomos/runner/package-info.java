/**
 * Tests of runs: phases, deadlines, verdicts, cleanup and texts of failures. {@link ScriptedRuns} runs on a cluster in
 * memory that does what a test says, {@link EmbeddedRuns} on dev nodes, of which one may have a planted bug that an
 * expectation must find and name. Programs ending in {@code Main} run in a JVM of their own.
 */
@NullMarked
package org.junitnomos.runner;

import org.jspecify.annotations.NullMarked;
