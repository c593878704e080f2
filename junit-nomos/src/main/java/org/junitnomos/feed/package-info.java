/** Observe the blocks of a running cluster on every node, aware of forks. */
@NullMarked
package org.junitnomos.feed;

import org.jspecify.annotations.NullMarked;
