/**
 * Runs a dev node as a program of its own: a file store, TCP gossip, HTTP servers and a driver in real time around the
 * core of {@code devnode}. Nobody uses it as a library; it is started by its main class.
 */
@NullMarked
package org.junitnomos.devnode.program;

import org.jspecify.annotations.NullMarked;
