/**
 * Tests of the image of the dev node that is made without a registry: layers, libraries and cache as files in a
 * temporary directory, and the whole image in a real engine where there is one.
 */
@NullMarked
package org.junitnomos.deploy.container.offline;

import org.jspecify.annotations.NullMarked;
