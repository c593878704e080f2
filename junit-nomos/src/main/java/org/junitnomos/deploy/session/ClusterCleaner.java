package org.junitnomos.deploy.session;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apiguardian.api.API;

/**
 * Finds and removes what deployments have in clusters, of this session or of dead ones. Found by
 * {@link java.util.ServiceLoader}, because it takes libraries, of which the reaper has none: it starts a JVM with
 * {@linkplain #libraries() those}.
 */
@API(status = INTERNAL, since = "0.1")
public interface ClusterCleaner {
    /**
     * What a deployment has in a cluster.
     *
     * @param name as it was registered: it says in which cluster it is
     * @param marker of its entry
     */
    record Thing(String name, String marker) {}

    /**
     * Looks which are still there, probing each now.
     *
     * @param things what to look for
     * @return those that are there, and those of which that cannot be found out
     * @throws IOException if nothing can be found out
     */
    List<Thing> present(List<Thing> things) throws IOException;

    /**
     * Begins to remove what is there; all of them first, does not wait for any.
     *
     * @throws IOException if one of them cannot be removed; the others were tried
     */
    void remove(List<Thing> things) throws IOException;

    /**
     * Names what it takes to use this class in another JVM: resources that this class's own library and all others
     * have, such as {@code org/example/Main.class}. Each jar or directory of the class path with one of them counts.
     */
    List<String> libraries();

    /** Says how long all of them together may take to vanish; positive. */
    Duration limit();
}
