/**
 * Whatever ends or hangs a test JVM, evidence is left and nothing else. {@link TestJvm} starts one with directories of
 * its own and looks at them after its end; classes that end in {@code TestCase} run there only.
 */
@NullMarked
package org.junitnomos.ends;

import org.jspecify.annotations.NullMarked;
