package org.junitnomos.scenario;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apiguardian.api.API;
import org.junitnomos.time.ProtocolClock;

/**
 * Tells and passes the time of a run: protocol time under the virtual clock, else the system's. Thread-safe.
 *
 * <p>All methods that wait throw {@link InterruptedException} if interrupted, and {@link IllegalStateException} on a
 * thread that the run does not manage (start threads with {@link RunContext#spawn}).
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ScenarioClock extends ProtocolClock {
    /**
     * Waits until a condition holds, asking ten times a slot.
     *
     * @param description what is waited for; stands in the failure
     * @param timeout longest wait
     * @param condition asked on the calling thread
     * @throws InterruptedException if interrupted
     * @throws AssertionError if it does not hold in time; names the description, the wait and the attempts
     */
    void await(String description, Duration timeout, BooleanSupplier condition) throws InterruptedException;

    /**
     * Waits for a number of slots.
     *
     * @param slots 0 or more
     * @throws InterruptedException if interrupted
     */
    void sleepSlots(long slots) throws InterruptedException;

    /**
     * Waits until the longest observed chain has grown by a number of blocks.
     *
     * @param blocks 1 or more
     * @param timeout longest wait
     * @throws InterruptedException if interrupted
     * @throws AssertionError if the blocks do not come in time
     */
    void awaitBlocks(long blocks, Duration timeout) throws InterruptedException;

    /**
     * Returns the slot of now, counted from genesis.
     *
     * @return 0 or more
     */
    long slot();

    /**
     * Returns when slot 0 of the chain began, in the time of {@link #now()} and of journal events.
     *
     * @return negative if the chain is older than the clock
     */
    Duration chainStart();
}
