/**
 * Tests of the built-in expectations, which are functions of the journal: {@link RecordedRun} is a run whose journal a
 * test writes by hand, with {@link RecordedBlock} and {@link RecordedTip} for its chain and {@link BlobEvents} for its
 * blobs. No node runs.
 */
@NullMarked
package org.junitnomos.expectation;

import org.jspecify.annotations.NullMarked;
