/**
 * Carries what real nodes send each other, and does to it what links do: it cuts, delays, thins and narrows each
 * direction between two nodes. A table of the packet filter sees to it that nothing goes past. Used by backend
 * {@code process}.
 */
@NullMarked
package org.junitnomos.deploy.relay;

import org.jspecify.annotations.NullMarked;
