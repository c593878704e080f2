package org.junitnomos.deploy.control;

import java.time.Duration;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.time.Allowance;
import org.junitnomos.time.Timeline;

/**
 * Sends a command to a node again that gave no answer in time, for as long as a busy machine may need. Commands say how
 * something is to be, so it does no harm if one arrives twice. Not thread-safe.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Insistence {
    /** That of one request. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Timeline timeline;
    private final Allowance allowance;

    /**
     * Prepares for one command.
     *
     * @param timeline of the run; in virtual time nodes are not slow because the machine is, so nothing is sent twice
     */
    public Insistence(Timeline timeline) {
        this.timeline = timeline;
        this.allowance = Allowance.on(timeline, LIMIT);
    }

    /**
     * Sends the command, again if no answer came.
     *
     * @throws NodeApiException if the node refuses it, or gave no answer in the time that a machine like this may need
     */
    public void send(Runnable command) throws InterruptedException {
        long start = timeline.nanos();
        while (true) {
            try {
                command.run();
                return;
            } catch (NodeApiException e) {
                if (e.kind() != NodeApiException.Kind.TIMEOUT
                        || timeline.isVirtual()
                        || allowance.isOver(timeline.nanos() - start)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Returns the text of a failure, and how much longer than usual the answer was waited for.
     *
     * @param failure thrown by {@link #send}
     * @return one line
     */
    public String text(NodeApiException failure) {
        return failure.getMessage()
                + (failure.kind() == NodeApiException.Kind.TIMEOUT ? allowance.extension(" (the limit was ", ")") : "");
    }
}
