/**
 * Images without a registry and without an engine: the image of the dev node, made of a small JRE linked from the
 * running JDK, the C library of this machine, and the classes of the node. The result is what {@code docker save}
 * writes, which engines load and containerd imports. Kept in the user's cache. May use {@code deploy.process}, whose
 * nodes leave the archive of class data; for backends that run containers.
 */
@NullMarked
package org.junitnomos.deploy.container.offline;

import org.jspecify.annotations.NullMarked;
