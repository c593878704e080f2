/**
 * Runs every node as a process of the operating system, in real time. What a node's command line, environment and
 * configuration are is pluggable; the bundled command runs dev nodes as child JVMs, and nothing else here assumes a
 * JVM. Found by {@link java.util.ServiceLoader} as {@code process}; who brings a command of their own uses the types
 * around {@link org.junitnomos.deploy.NodeCommand}.
 */
@NullMarked
package org.junitnomos.deploy.process;

import org.jspecify.annotations.NullMarked;
