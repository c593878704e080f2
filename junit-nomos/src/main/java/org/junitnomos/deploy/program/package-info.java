/**
 * The dev node as a program of its own: the classes it is made of, the options that start it quickly, and the place
 * where what was prepared for it is kept from one test JVM to the next. For the backends that run it so, and for the
 * image of it.
 */
@NullMarked
package org.junitnomos.deploy.program;

import org.jspecify.annotations.NullMarked;
