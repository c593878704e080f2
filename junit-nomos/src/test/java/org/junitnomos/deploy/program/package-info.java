/** Tests of where the program of the dev node comes from: its class path and the directory of its cache. */
@NullMarked
package org.junitnomos.deploy.program;

import org.jspecify.annotations.NullMarked;
