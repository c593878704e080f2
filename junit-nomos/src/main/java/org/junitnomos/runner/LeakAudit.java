package org.junitnomos.runner;

import java.nio.file.Path;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.session.Session;

/** Sees to it that what a deployment registered outside of this JVM is gone once it is closed. */
final class LeakAudit {

    private LeakAudit() {}

    /**
     * Looks for what is left, and removes it.
     *
     * @param directory run directory of the deployment, by which its registrations are grouped
     * @throws DeploymentException if there was something; names each
     */
    static void check(Path directory) {
        var leaks = Session.ofThisJvm().scope(directory.toString()).settle();
        if (!leaks.isEmpty()) {
            throw new DeploymentException(
                    "The deployment was closed, but left " + leaks.size() + (leaks.size() == 1 ? " thing" : " things")
                            + " behind: " + String.join("; ", leaks),
                    null);
        }
    }
}
