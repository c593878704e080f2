/**
 * Tests of the journal: its file, its codec and the views derived from it. {@link JournalEvents} has events for that,
 * {@link InMemoryJournal} is the journal of tests of other packages.
 */
@NullMarked
package org.junitnomos.journal;

import org.jspecify.annotations.NullMarked;
