package org.junitnomos.time;

import java.time.Duration;
import java.time.Instant;
import org.apiguardian.api.API;

/** Tells and passes the time of a cluster: protocol time under the virtual clock, else the system's. Thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ProtocolClock {
    /**
     * {@return the time since the clock was started, when the deploy began; never negative, and never less than before}
     */
    Duration now();

    /** {@return the time of day as the nodes write it to their logs; an invented one under the virtual clock} */
    Instant instant();

    /**
     * Waits for a time.
     *
     * @param duration how long; zero or negative lets everything go first that is due now
     * @throws InterruptedException if interrupted
     * @throws IllegalStateException under the virtual clock, on a thread that the run does not manage
     */
    void sleep(Duration duration) throws InterruptedException;

    /** Says whether time is virtual: it stands still while threads of the run compute. */
    boolean isVirtual();
}
