/**
 * Provisions clusters: the SPI that backends implement, and what they share. Used by the runner and by backends.
 */
@NullMarked
package org.junitnomos.deploy;

import org.jspecify.annotations.NullMarked;
