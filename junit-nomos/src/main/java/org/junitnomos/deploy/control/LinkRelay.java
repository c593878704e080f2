package org.junitnomos.deploy.control;

import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.topology.LinkSpec;

/**
 * Carries what nodes send each other, for nodes that take no faults of links themselves. Two nodes whose link was never
 * set have none: nothing is carried between them. Thread-safe.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface LinkRelay {
    /** What nodes have that send each other what they want, as nobody can keep them from it. */
    LinkRelay NONE = new LinkRelay() {};

    /**
     * What was carried between two nodes since their start, both ways, in datagrams.
     *
     * @param passed reached its end
     * @param cut did not, because the link was cut
     * @param lost did not, by the loss of the link, or because too much waited for its bandwidth
     */
    record Traffic(long passed, long cut, long lost) {
        /** {@return what was carried since an earlier look} */
        public Traffic since(Traffic earlier) {
            return new Traffic(passed - earlier.passed, cut - earlier.cut, lost - earlier.lost);
        }
    }

    /**
     * Sets how a link is from now on, both ways. What is on its way in a link that is cut does not arrive.
     *
     * @param a name of one node
     * @param b name of the other one
     * @param up whether it carries anything
     * @param quality how it carries it
     */
    default void set(String a, String b, boolean up, LinkSpec quality) {}

    /** {@return what was carried between two nodes until now} */
    default Traffic traffic(String a, String b) {
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
