@NullMarked
package org.junitnomos.assertions;

import org.jspecify.annotations.NullMarked;
