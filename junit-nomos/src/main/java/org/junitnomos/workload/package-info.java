/** Generates load: the built-in workloads. Written against {@code scenario} as a user's own would be. */
@NullMarked
package org.junitnomos.workload;

import org.jspecify.annotations.NullMarked;
