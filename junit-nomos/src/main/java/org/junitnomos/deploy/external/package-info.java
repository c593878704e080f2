/**
 * Run nodes outside of the test JVM, whatever they run as: their order of start, readiness, states, control and end.
 * Processes, containers and pods each bring a {@link org.junitnomos.deploy.external.NodeHost}, which starts lives of
 * nodes ({@link org.junitnomos.deploy.external.NodeLife}) and nothing more. For backends; users meet only
 * {@link org.junitnomos.deploy.external.NodeSetup} and {@link org.junitnomos.deploy.external.NodePorts}.
 */
@NullMarked
package org.junitnomos.deploy.external;

import org.jspecify.annotations.NullMarked;
