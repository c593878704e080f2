/**
 * Breaks a running cluster on purpose: restarts and faults of links and clocks, as workloads with seeded schedules.
 * Written against {@code scenario} and {@code deploy} as a user's own would be; plans and annotations use it.
 */
@NullMarked
package org.junitnomos.chaos;

import org.jspecify.annotations.NullMarked;
