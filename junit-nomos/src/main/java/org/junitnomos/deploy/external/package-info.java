/**
 * Runs nodes outside of the test JVM, whatever they run as: their order of start, readiness, states, control and end.
 * Processes, containers and pods each bring a {@link NodeHost}, which starts lives of
 * nodes ({@link NodeLife}) and nothing more. For backends; users meet only
 * {@link org.junitnomos.deploy.NodeSetup} and {@link org.junitnomos.deploy.NodePorts}.
 */
@NullMarked
package org.junitnomos.deploy.external;

import org.jspecify.annotations.NullMarked;
