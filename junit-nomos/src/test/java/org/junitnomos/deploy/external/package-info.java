/** Tests of how a command of the user is chosen as the node program; nothing is started. */
@NullMarked
package org.junitnomos.deploy.external;

import org.jspecify.annotations.NullMarked;
