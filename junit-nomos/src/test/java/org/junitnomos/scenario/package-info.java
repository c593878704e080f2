/** Tests of the vocabulary of scenarios: building, checking and comparing plans, on plain values. */
@NullMarked
package org.junitnomos.scenario;

import org.jspecify.annotations.NullMarked;
