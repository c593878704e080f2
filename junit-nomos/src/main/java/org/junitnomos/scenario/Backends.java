package org.junitnomos.scenario;

import java.util.List;
import java.util.Optional;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.Deployers;
import org.junitnomos.settings.TimeMode;

/**
 * Looks at the backends that are there, to check a plan against them. Of those that cannot be loaded the deploy phase
 * tells if one is asked for.
 */
final class Backends {
    private Backends() {}

    static List<Deployer> all() {
        return Deployers.load().all();
    }

    static Optional<Deployer> find(String backend) {
        return all().stream()
                .filter(deployer -> deployer.backend().equals(backend))
                .findFirst();
    }

    static TimeMode defaultTime(String backend) {
        boolean virtual = find(backend)
                .filter(deployer -> deployer.capabilities().contains(Capability.VIRTUAL_TIME))
                .isPresent();
        return virtual ? TimeMode.VIRTUAL : TimeMode.REAL;
    }
}
