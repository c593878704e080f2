/** Tests of the dev node's mempool as a value: what it takes, gives to a block and forgets. */
@NullMarked
package org.junitnomos.devnode.mempool;

import org.jspecify.annotations.NullMarked;
