package org.junitnomos.deploy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.junitnomos.topology.TopologySpec;

/**
 * Provisions clusters on one backend. Found by {@link java.util.ServiceLoader}, chosen by name.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Deployer {
    /** {@return the name of the backend, for example {@code "embedded"}} */
    String backend();

    /** Says what the backend can do. */
    Set<Capability> capabilities();

    /**
     * Says why the backend does not have a capability.
     *
     * @param capability one that is not among {@link #capabilities}
     * @return the reason, and how to get it, without a full stop; empty if there is none but that it does not have it
     */
    default Optional<String> whyNot(Capability capability) {
        return Optional.empty();
    }

    /**
     * Names what kind of node the backend runs, for example {@code "dev node (simulated, rules 2025-12)"}, as far as it
     * is known before the deploy; stands in the first line of every journal.
     */
    default String systemUnderTest() {
        return "nodes of backend '" + backend() + "'";
    }

    /**
     * Names the settings that the backend reads, so that a run refuses others that begin like them.
     *
     * @return whole names, which begin with {@code nomos.}, the name of the backend and a dot; also environment
     *     variables that count without such a setting
     */
    default List<String> settings() {
        return List.of();
    }

    /**
     * Says what of a topology the nodes of this backend cannot do, beyond {@link #capabilities}; the plan is refused
     * for it before anything starts.
     *
     * @param topology a topology without other faults
     * @return one text each: what it is, what was expected, and what to do; none if nothing is in the way
     */
    default List<String> objections(TopologySpec topology) {
        return List.of();
    }

    /**
     * Checks whether the backend can run on this machine, before anything is started.
     *
     * @return what it is and that it is there, or what is missing and how to get it
     */
    default Requirement requirement() {
        return Requirement.met();
    }

    /**
     * Checks whether the backend can run the nodes of a topology on this machine, before anything is started.
     *
     * @param topology the cluster
     * @return what it is and that it is there, or what is missing and how to get it
     */
    default Requirement requirement(TopologySpec topology) {
        return requirement();
    }

    /**
     * Launches the nodes of a topology and blocks until each is ready.
     *
     * <p>If one node fails, everything already started is stopped before the exception is thrown.
     *
     * @param request what to deploy
     * @return the running deployment; owned by the caller, who must close it
     * @throws DeploymentException if a node does not start or is not ready in time; names the node and its log
     * @throws InterruptedException if interrupted while waiting; everything has been stopped
     */
    Deployment deploy(DeployRequest request) throws DeploymentException, InterruptedException;
}
