/** Names the defects that a dev node can be given; pure values. */
@NullMarked
package org.junitnomos.defect;

import org.jspecify.annotations.NullMarked;
