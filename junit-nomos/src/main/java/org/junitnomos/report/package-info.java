/**
 * Reports on runs: progress and verdicts on the console, and one JSON file a run. The runner finds it through
 * {@link java.util.ServiceLoader}; the JUnit extension may use it directly.
 */
@NullMarked
package org.junitnomos.report;

import org.jspecify.annotations.NullMarked;
