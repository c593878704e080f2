/**
 * Time and chance for every other package: timelines (virtual and real), tasks and signals on them, polling, limits,
 * duration texts, and streams of chance that a seed decides.
 *
 * <p>This is the only place that reads the system clock or really sleeps. Every package of this project may use it;
 * users must not, it may change in any release.
 */
@NullMarked
package org.junitnomos.time;

import org.jspecify.annotations.NullMarked;
