/**
 * Runs dev nodes inside the test JVM, on the run's timeline, virtual or real: the default backend. Found by
 * {@link java.util.ServiceLoader} as {@code embedded}; the only room that may use {@code devnode}.
 */
@NullMarked
package org.junitnomos.deploy.embedded;

import org.jspecify.annotations.NullMarked;
