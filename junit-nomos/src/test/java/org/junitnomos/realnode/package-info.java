/**
 * What a real node answered, as it was recorded in November 2026 from a development build of December 2025 (revision
 * 3f623e0c9): {@link RecordedAnswers} for tests that let dev nodes answer the same calls, and tests that read a session
 * of transactions, blobs and blocks as our clients do.
 */
@NullMarked
package org.junitnomos.realnode;

import org.jspecify.annotations.NullMarked;
