/**
 * Tests of the cleanup after a JVM that was killed: ledgers, leases, sweeps and the reaper. Sessions are written by
 * hand or left by {@link SessionChild}, a JVM that a test kills; engines are fake or, with {@link EngineThings}, real.
 */
@NullMarked
package org.junitnomos.deploy.session;

import org.jspecify.annotations.NullMarked;
