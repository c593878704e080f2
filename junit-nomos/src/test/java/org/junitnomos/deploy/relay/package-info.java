/** Tests of the relay of real nodes and of its rule. */
@NullMarked
package org.junitnomos.deploy.relay;

import org.jspecify.annotations.NullMarked;
