/**
 * Brings scenarios to JUnit Jupiter: annotations, the reader that turns them into a {@link
 * org.junitnomos.scenario.Scenario}, the extension that runs it, and topology sweeps. The only room that sees JUnit
 * Jupiter and the JUnit Platform; test classes use it, no other room does.
 */
@NullMarked
package org.junitnomos.jupiter;

import org.jspecify.annotations.NullMarked;
