/** Test doubles that tests of several rooms share. */
@NullMarked
package org.junitnomos.testkit;

import org.jspecify.annotations.NullMarked;
