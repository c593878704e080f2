/**
 * Whole runs, most over many seeds: no false alarms, the same journal for the same seed, and a backend as a user would
 * write it. {@link Runs} makes the runs, without JUnit in between.
 */
@NullMarked
package org.junitnomos.acceptance;

import org.jspecify.annotations.NullMarked;
