/**
 * Speaks the HTTP API of one node: the only package that sees an HTTP library. Everybody who has a node's address may
 * use it.
 */
@NullMarked
package org.junitnomos.client;

import org.jspecify.annotations.NullMarked;
