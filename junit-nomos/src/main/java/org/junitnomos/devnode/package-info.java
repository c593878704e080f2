/**
 * A small, honest Nomos node in Java: a deterministic core without input or output, and thin drivers around it.
 * Only {@code deploy.embedded} may use it from outside; it uses only {@code mantle}.
 */
@NullMarked
package org.junitnomos.devnode;

import org.jspecify.annotations.NullMarked;
