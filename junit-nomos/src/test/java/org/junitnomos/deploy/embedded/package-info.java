/**
 * Tests of the embedded backend: the contract, transport, control and order of events. {@link EmbeddedClusterFixture}
 * has the timeline and the deployer, {@link ScriptedCore} is a node without a chain.
 */
@NullMarked
package org.junitnomos.deploy.embedded;

import org.jspecify.annotations.NullMarked;
