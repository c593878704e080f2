package org.junitnomos.scenario;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.settings.TimeMode;

/** Looks at the backends that are there, to check a plan against them. */
final class Backends {
    private Backends() {}

    static List<Deployer> all() {
        var found = new ArrayList<Deployer>();
        var loader = Thread.currentThread().getContextClassLoader();
        Iterator<Deployer> deployers = ServiceLoader.load(
                        Deployer.class, loader == null ? Backends.class.getClassLoader() : loader)
                .iterator();
        for (int failures = 0; failures < 20; ) {
            try {
                if (!deployers.hasNext()) {
                    break;
                }
                found.add(deployers.next());
            } catch (ServiceConfigurationError e) {
                failures++; // the deploy phase tells about it if this backend is asked for
            }
        }
        return found;
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
