/**
 * Tests of what all backends share, and the contract of backends: suites such as {@link DeployerContractTests} that
 * each backend runs in a subclass. {@link BackendContract} has the clusters, {@link Backend} is what a subclass
 * brings.
 */
@NullMarked
package org.junitnomos.deploy;

import org.jspecify.annotations.NullMarked;
