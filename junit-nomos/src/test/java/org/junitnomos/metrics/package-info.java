/** Tests of metrics: reading the text of nodes on plain values, collecting it in virtual time. */
@NullMarked
package org.junitnomos.metrics;

import org.jspecify.annotations.NullMarked;
