/**
 * Tests of the faults as workloads: what they plan, do and heal. {@link
 * org.junitnomos.testkit.JournaledRun} runs them on dev nodes in virtual time and reads the journal.
 */
@NullMarked
package org.junitnomos.chaos;

import org.jspecify.annotations.NullMarked;
