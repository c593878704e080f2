/**
 * What the environment says: configuration parameters of JUnit, environment variables and system properties, read and
 * checked in one way. Every package of this project may use it; users meet {@link
 * org.junitnomos.settings.RunSettings} and the values in it.
 */
@NullMarked
package org.junitnomos.settings;

import org.jspecify.annotations.NullMarked;
