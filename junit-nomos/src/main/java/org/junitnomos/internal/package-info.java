/**
 * Time, chance and orderly endings for every other package: timelines (virtual and real), polling, closing, seeded
 * random streams and duration texts.
 *
 * <p>This is the only place that reads the system clock or really sleeps. Every package of this project may use it;
 * users must not, it may change in any release.
 */
@NullMarked
package org.junitnomos.internal;

import org.jspecify.annotations.NullMarked;
