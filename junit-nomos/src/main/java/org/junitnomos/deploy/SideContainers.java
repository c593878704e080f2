package org.junitnomos.deploy;

import java.io.IOException;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apiguardian.api.API;
import org.junitnomos.deploy.session.Scope;

/** Makes containers for programs that are no nodes; found by {@link ServiceLoader}. Thread-safe. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface SideContainers {

    /** {@return those of this library; empty if they are not on the class path} */
    static Optional<SideContainers> find() {
        return ServiceLoader.load(SideContainers.class, SideContainers.class.getClassLoader())
                .findFirst();
    }

    /** Says whether they can be made on this machine; asks an engine. Blocks up to seconds for one that is mute. */
    Requirement requirement();

    /**
     * Makes a network for one, and nothing else yet.
     *
     * @param scope to which it belongs
     * @param name for people; for example {@code "Prometheus"}
     * @return to be closed by the caller
     * @throws IOException if it cannot be made; says why
     * @throws DeploymentException if there is no engine, or it refuses
     */
    SideContainer open(Scope scope, String name) throws IOException, InterruptedException;
}
