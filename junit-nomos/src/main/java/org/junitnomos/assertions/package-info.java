/**
 * Assertions about a run and its parts, in the manner of AssertJ, and waiting on the clock of the run. Who uses the
 * assertions brings AssertJ; waiting needs it not.
 */
@NullMarked
package org.junitnomos.assertions;

import org.jspecify.annotations.NullMarked;
