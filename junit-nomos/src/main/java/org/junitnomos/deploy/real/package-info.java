/**
 * What it takes to run real nodes, {@code nomos-node} and {@code nomos-executor}: their programs and files, their
 * configuration, proofs by their circuits, and what their logs say. Knows plain values and files; backend
 * {@code process} runs them.
 */
@NullMarked
package org.junitnomos.deploy.real;

import org.jspecify.annotations.NullMarked;
