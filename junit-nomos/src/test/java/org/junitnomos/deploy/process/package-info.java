/**
 * Tests of the backend on processes: the contract, and what depends on the JVM and the shell. Nodes are dev nodes in
 * real processes, deployed by {@link org.junitnomos.testkit.ClusterRun}; commands such as {@link ShellCommand} stand
 * for other programs.
 */
@NullMarked
package org.junitnomos.deploy.process;

import org.jspecify.annotations.NullMarked;
