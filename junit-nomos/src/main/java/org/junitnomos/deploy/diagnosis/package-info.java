/**
 * The known causes for which a node does not start or ends by itself, with their fixes. Knows plain values only:
 * exit codes, texts and files. Used by {@code deploy} and the backends.
 */
@NullMarked
package org.junitnomos.deploy.diagnosis;

import org.jspecify.annotations.NullMarked;
