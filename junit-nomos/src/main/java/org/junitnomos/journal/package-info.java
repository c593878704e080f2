/**
 * Keeps the single record of truth of a run: typed events, written to disk as they happen, and the views derived from
 * them. Used by the feed, the runner, expectations and reports.
 */
@NullMarked
package org.junitnomos.journal;

import org.jspecify.annotations.NullMarked;
