/**
 * Sees to it that nothing outlives the test JVM: the ledger of everything a test JVM has outside of itself, the reaper
 * that removes what a dead JVM left, the sweep of dead sessions at the next start, and leases of ports. Used by
 * backends, by the runner and by whoever ends a test session; needs nothing but the JDK, because the reaper is a
 * program of its own.
 */
@NullMarked
package org.junitnomos.deploy.session;

import org.jspecify.annotations.NullMarked;
