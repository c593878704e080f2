/**
 * Speaks with a container engine over its socket by the JDK alone: where it is, one question, its answer. For the
 * reaper, which has no library on its class path, and for the check whether there is an engine at all, before any
 * library is loaded. Used by the ledger of sessions and by backend {@code container}; whatever makes or runs
 * containers uses Testcontainers instead.
 */
@NullMarked
package org.junitnomos.deploy.engine;

import org.jspecify.annotations.NullMarked;
