/** Tests of what the controls of all backends share, on a timeline without nodes. */
@NullMarked
package org.junitnomos.deploy.control;

import org.jspecify.annotations.NullMarked;
