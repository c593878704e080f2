/** What a cluster should look like: pure values without behavior of their own; every room may use them. */
@NullMarked
package org.junitnomos.topology;

import org.jspecify.annotations.NullMarked;
