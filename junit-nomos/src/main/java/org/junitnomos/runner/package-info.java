/**
 * Runs scenarios: settings of the environment, the phases of a run with their deadlines, verdicts, and the order of
 * cleanup. Used by the JUnit extension, by reports, and by programs that run scenarios without JUnit.
 */
@NullMarked
package org.junitnomos.runner;

import org.jspecify.annotations.NullMarked;
