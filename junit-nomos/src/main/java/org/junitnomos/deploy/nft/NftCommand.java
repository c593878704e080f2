package org.junitnomos.deploy.nft;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.IOException;
import java.util.List;
import org.apiguardian.api.API;

/** Runs the program {@code nft}. Thread-safe. */
@API(status = INTERNAL, since = "0.1")
@FunctionalInterface
public interface NftCommand {
    /**
     * Runs it to its end. Blocks for some milliseconds.
     *
     * @param arguments what follows its name
     * @param input what it reads from its standard input
     * @return what it wrote to its standard output
     * @throws NftRefusedException if it refuses what it was told; its message has what the program said
     * @throws IOException if nobody knows whether it did what it was told
     */
    String run(List<String> arguments, String input) throws IOException;
}
