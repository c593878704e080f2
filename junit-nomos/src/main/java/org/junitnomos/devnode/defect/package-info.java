/** Dev nodes with a defect of the catalogue: what each of them does otherwise than a right node, and the switch. */
@NullMarked
package org.junitnomos.devnode.defect;

import org.jspecify.annotations.NullMarked;
