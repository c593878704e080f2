/**
 * Tests of the backend on containers. Settings and texts are tested on plain values and on a scripted engine, the
 * rest, marked with {@link org.junitnomos.testkit.NeedsDocker}, on a real one; programs ending in {@code Main} run in
 * a JVM of their own.
 */
@NullMarked
package org.junitnomos.deploy.container;

import org.jspecify.annotations.NullMarked;
