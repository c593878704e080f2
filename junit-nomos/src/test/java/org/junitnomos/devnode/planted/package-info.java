/** Dev nodes with one defect each, to find out whether those who watch nodes notice. */
@NullMarked
package org.junitnomos.devnode.planted;

import org.jspecify.annotations.NullMarked;
