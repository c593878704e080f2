/**
 * Tests of timelines, polling and chance. Most are in virtual time; those of {@link RealTimelineTests} and {@link
 * WatchdogTests} really wait. {@link TimelineBenchmark} is run by hand.
 */
@NullMarked
package org.junitnomos.time;

import org.jspecify.annotations.NullMarked;
