@NullMarked
package org.junitnomos.defect;

import org.jspecify.annotations.NullMarked;
