/** Tests of the packet filter and its program. */
@NullMarked
package org.junitnomos.deploy.nft;

import org.jspecify.annotations.NullMarked;
