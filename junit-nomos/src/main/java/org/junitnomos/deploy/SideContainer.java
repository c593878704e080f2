package org.junitnomos.deploy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A container for one program that is no node, on a network of its own from which it reaches this machine. It is in the
 * ledger of the session, so it does not outlive the test JVM. Used by one thread at a time, but for {@link #ended}.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface SideContainer extends AutoCloseable {

    /**
     * What runs.
     *
     * @param image its image, the entry point of which is the program
     * @param setting what names the image, for failures
     * @param arguments of the program
     * @param directory of this machine, which it may write to, as the user who owns it
     * @param inside where that is in the container
     * @param port on which the program listens
     * @param log file of this machine that takes what it writes
     */
    record Program(
            String image, String setting, List<String> arguments, Path directory, String inside, int port, Path log) {
        public Program {
            Objects.requireNonNull(image, "image");
            Objects.requireNonNull(setting, "setting");
            arguments = List.copyOf(arguments);
            Objects.requireNonNull(directory, "directory");
            Objects.requireNonNull(inside, "inside");
            Objects.requireNonNull(log, "log");
        }
    }

    /** {@return the address of this machine at which the container reaches it} */
    String testHost();

    /**
     * Starts the program; once. Blocks, for minutes if its image has to be fetched.
     *
     * @throws IOException if it cannot be started; says why
     */
    void start(Program program) throws IOException, InterruptedException;

    /** {@return where its port is reached on this machine, and on no other} */
    URI address();

    /** {@return why the program has ended; empty while it runs} */
    Optional<String> ended();

    /**
     * Lets the program end, and removes all of it; what cannot be removed is found when its scope is settled.
     * Idempotent.
     */
    @Override
    void close();
}
