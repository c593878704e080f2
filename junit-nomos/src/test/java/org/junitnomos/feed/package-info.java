/**
 * Tests of the block feed: forks, trouble, contradictions and membership. {@link ScriptedCluster} answers from a tree
 * of blocks which a test grows, {@link FeedOnVirtualTime} reads it in virtual time.
 */
@NullMarked
package org.junitnomos.feed;

import org.jspecify.annotations.NullMarked;
