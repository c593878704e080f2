/** Names the defects that a dev node can be given, and plants them: who has which, from when on. */
@NullMarked
package org.junitnomos.defect;

import org.jspecify.annotations.NullMarked;
