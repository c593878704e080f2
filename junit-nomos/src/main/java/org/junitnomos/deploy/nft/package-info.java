/**
 * The packet filter of Linux, asked by its own program {@code nft}: what it takes to have tables of one's own there.
 * Needs nothing but the JDK, because the reaper uses it.
 */
@NullMarked
package org.junitnomos.deploy.nft;

import org.jspecify.annotations.NullMarked;
