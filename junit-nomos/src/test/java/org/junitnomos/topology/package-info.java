/** Tests of figures that follow from the shape of a cluster, on plain values. */
@NullMarked
package org.junitnomos.topology;

import org.jspecify.annotations.NullMarked;
