/**
 * The Kubernetes backend: deploys a topology as pods and controls them.
 *
 * <p>Found through {@link java.util.ServiceLoader} and chosen by name. It uses the deployer SPI, the topology and the
 * node client of the core, and nothing else of it.
 */
@NullMarked
package org.junitnomos.k8s;

import org.jspecify.annotations.NullMarked;
