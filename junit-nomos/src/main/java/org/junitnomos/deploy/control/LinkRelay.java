package org.junitnomos.deploy.control;

import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.topology.LinkSpec;

/**
 * Carries what nodes send each other, for nodes that take no faults of links themselves. Between two
 * nodes for which nothing was ever set nothing is carried. Thread-safe.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface LinkRelay {
    /** What nodes have that send each other what they want, as nobody can keep them from it. */
    LinkRelay NONE = new LinkRelay() {};

    /**
     * What was carried between two nodes on a plane since their start, both ways, in datagrams.
     *
     * @param passed reached its end
     * @param cut did not, because the plane was not to be carried
     * @param lost did not, by the loss of the link, or because too much waited for its bandwidth
     */
    record Traffic(long passed, long cut, long lost) {
        /** {@return what was carried since an earlier look} */
        public Traffic since(Traffic earlier) {
            return new Traffic(passed - earlier.passed, cut - earlier.cut, lost - earlier.lost);
        }
    }

    /**
     * Sets what is carried between two nodes from now on, both ways. What is on its way on a plane that is not carried
     * any more does not arrive.
     *
     * @param a name of one node
     * @param b name of the other one
     * @param carried the planes that are; empty for none
     * @param quality how they are carried; they share one bandwidth
     */
    default void set(String a, String b, Set<Plane> carried, LinkSpec quality) {}

    /** {@return what was carried between two nodes on a plane until now} */
    default Traffic traffic(Plane plane, String a, String b) {
        return new Traffic(0, 0, 0);
    }

    /**
     * Looks whether everything that nodes send each other must still go through the relay.
     *
     * @return what was kept from going past it, for people; empty if nothing is enforced
     * @throws DeploymentException if something may go past it, or it does not run any more; says why
     */
    default Optional<String> enforcement() {
        return Optional.empty();
    }
}
