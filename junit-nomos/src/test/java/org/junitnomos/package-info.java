/**
 * Rules for the whole source: which package may use which, what is promised to users, how tests are named and what
 * they need. They read class files and sources; {@link Rooms} and {@link CheckedApi} are what they go by.
 */
@NullMarked
package org.junitnomos;

import org.jspecify.annotations.NullMarked;
