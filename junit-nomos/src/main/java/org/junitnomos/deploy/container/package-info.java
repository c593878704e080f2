/**
 * Backend {@code container}: nodes in containers of a Docker engine. The only room that sees Testcontainers and
 * docker-java, and used by nobody but {@link java.util.ServiceLoader}; both libraries are optional, so whether they
 * and an engine are there is found out before a class of theirs is loaded.
 *
 * <p>What the backend makes is made by docker-java, with the credentials of registries as Testcontainers finds them,
 * but without Testcontainers' own life cycle: a container must be in the ledger of the session before it exists,
 * followed before it starts, and start again as the same container. Therefore Ryuk is neither needed nor started:
 * Testcontainers starts it when {@code DockerClientFactory.client()} is first called, unless {@code
 * TESTCONTAINERS_RYUK_DISABLED=true} is in the environment, and where its image cannot be pulled that call fails only
 * after two minutes. {@code DockerClientProviderStrategy.getClientForConfig} gives a client without it. The reaper of
 * {@code deploy.session} removes what a dead JVM left, over a Unix socket or plain TCP.
 */
@NullMarked
package org.junitnomos.deploy.container;

import org.jspecify.annotations.NullMarked;
