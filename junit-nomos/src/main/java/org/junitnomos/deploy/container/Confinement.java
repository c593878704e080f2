package org.junitnomos.deploy.container;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import java.util.Collections;
import java.util.List;

/** What no container needs, it does not get: no rights, nothing to write to but /tmp, a limit to what it takes. */
final class Confinement {
    private static final long MOST_PROCESSES = 1_024;
    private static final String TEMPORARY = "/tmp";
    private static final String TEMPORARY_OPTIONS = "rw,nosuid,nodev,size=64m,mode=1777";

    private Confinement() {}

    /**
     * Begins the configuration of a container.
     *
     * @param memory its limit in bytes, without any swap
     */
    static HostConfig of(long memory) {
        return HostConfig.newHostConfig()
                .withReadonlyRootfs(true)
                .withTmpFs(Collections.singletonMap(TEMPORARY, TEMPORARY_OPTIONS))
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withPidsLimit(MOST_PROCESSES)
                .withMemory(memory)
                .withMemorySwap(memory);
    }
}
