package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/** Is told when an event of a {@link Timeline} throws. */
@API(status = INTERNAL, since = "0.1")
@FunctionalInterface
public interface EventFailureHandler {

    /**
     * Takes note of a failed event; must not throw. In virtual time it runs inside the event and must not block.
     *
     * @param failure names the event and the protocol time; its cause is what the event threw
     */
    void eventFailed(EventFailedException failure);
}
