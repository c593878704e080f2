/** Tests of the reporters for console and JSON on results that are made by hand; no run takes place. */
@NullMarked
package org.junitnomos.report;

import org.jspecify.annotations.NullMarked;
