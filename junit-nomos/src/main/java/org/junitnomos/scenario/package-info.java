/**
 * The immutable plan of a run, and the SPIs that users implement: workload generators and expectations.
 */
@NullMarked
package org.junitnomos.scenario;

import org.jspecify.annotations.NullMarked;
