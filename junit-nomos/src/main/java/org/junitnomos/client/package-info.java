/**
 * Speak the HTTP API of one node (node contract 1). The only room that sees OkHttp.
 */
@NullMarked
package org.junitnomos.client;

import org.jspecify.annotations.NullMarked;
