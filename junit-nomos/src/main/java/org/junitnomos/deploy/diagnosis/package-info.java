/**
 * The known causes for which a node does not start or ends by itself, with their fixes, and what logs tell. Knows plain
 * values only: exit codes, texts and files.
 */
@NullMarked
package org.junitnomos.deploy.diagnosis;

import org.jspecify.annotations.NullMarked;
