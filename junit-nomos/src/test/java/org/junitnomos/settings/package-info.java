/**
 * Tests of the settings: sources, precedence, and texts for names and values that are wrong, on maps instead of the
 * environment.
 */
@NullMarked
package org.junitnomos.settings;

import org.jspecify.annotations.NullMarked;
