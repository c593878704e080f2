/**
 * Tests of the small client of a Docker engine: addresses, HTTP over a socket, JSON. {@link
 * org.junitnomos.testkit.FakeEngine} answers what a test wants; no real engine is asked.
 */
@NullMarked
package org.junitnomos.deploy.engine;

import org.jspecify.annotations.NullMarked;
