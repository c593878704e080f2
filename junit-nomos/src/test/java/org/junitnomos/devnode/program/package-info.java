/**
 * Tests of the dev node as a program: configuration, store, HTTP and peers over real sockets. {@link ChildNode} runs
 * it as a process that a test may kill, {@link NodeWitness} remembers what it served.
 */
@NullMarked
package org.junitnomos.devnode.program;

import org.jspecify.annotations.NullMarked;
