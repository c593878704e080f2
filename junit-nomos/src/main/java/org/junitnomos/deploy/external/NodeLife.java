package org.junitnomos.deploy.external;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.junitnomos.deploy.NodeUsage;
import org.junitnomos.deploy.RunningAddress;

/**
 * One life of a node: from a start to the end that belongs to it. Thread-safe.
 *
 * <p>All methods that end or halt it block until that is done, unless they say otherwise.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface NodeLife {
    /** Says whether it runs, as far as can be known without waiting; true while it is paused. */
    boolean isAlive();

    /** Says whether it is halted as it stands; false once it has ended. */
    boolean isPaused();

    /** Blocks until it has ended, whoever ended it, and returns its exit code: 128 + n for signal n. */
    int await() throws InterruptedException;

    /** {@return the exit code of a life that has ended, 128 + n for signal n} */
    int exitCode();

    /** Says for people why it ended by itself: exit code and what is known of the cause; called after its end. */
    String reasonOfEnd();

    /**
     * Says where it is reached; asked again and again until it is known. Must not wait.
     *
     * @return empty while it is not known yet
     * @throws IOException if it cannot be found out
     */
    Optional<RunningAddress> address() throws IOException;

    /** Asks it to end by itself, paused or not; does not wait for the end. */
    void askToEnd() throws InterruptedException;

    /**
     * Waits for the end that it was asked for, and enforces it when that takes too long.
     *
     * @param patience how long it may take
     * @return whether it ended by itself
     * @throws IOException if it cannot be ended
     */
    boolean awaitEnd(Duration patience) throws IOException, InterruptedException;

    /** Ends it at once, paused or not; fails if it cannot be ended. */
    void kill() throws IOException, InterruptedException;

    /** Halts it as it stands; fails if it cannot be halted. */
    void pause() throws IOException, InterruptedException;

    /** Lets it go on; fails if it cannot go on. */
    void resume() throws IOException, InterruptedException;

    /** Says what it takes of its machine; empty if it does not run, or nobody can tell. Must not wait. */
    default Optional<NodeUsage> usage() {
        return Optional.empty();
    }

    /**
     * Says what of it died although it runs, as its log tells.
     *
     * @return one line; empty if nothing is known to have
     */
    default Optional<String> trouble() {
        return Optional.empty();
    }

    /**
     * Lets somebody hear of each kind of {@link #trouble} once, also of what was found before; from threads of this
     * life.
     *
     * @param listener takes one line
     */
    default void onTrouble(Consumer<String> listener) {}

    /** Notes that it ended by itself; called once, from a thread of its own. */
    default void endedByItself() {}
}
