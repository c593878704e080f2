/**
 * The parts every room shares: the time source, polling and closing.
 *
 * <p>Every package of JUnit Nomos may use this one; nobody else should, it can change in any release. It uses the JDK
 * alone.
 */
@NullMarked
package org.junitnomos.internal;

import org.jspecify.annotations.NullMarked;
