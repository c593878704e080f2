/**
 * Programs of their own that test JVMs start, the dev node above all: the classes they are made of, the options that
 * start them quickly, and the place where what was prepared for them is kept from one test JVM to the next. For the
 * backends that run dev nodes so, for the image of it, and for the reaper.
 */
@NullMarked
package org.junitnomos.deploy.program;

import org.jspecify.annotations.NullMarked;
