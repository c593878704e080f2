package org.junitnomos.devnode.program;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.mantle.GenesisTx;

/**
 * The configuration of the program.
 *
 * @param node the node itself
 * @param genesis its genesis transaction
 * @param chainStart when slot 0 began
 * @param addresses where peers listen, as far as it is known
 * @param listen where it listens
 * @param directory where its blocks are kept
 * @param log its log file; null for standard output
 * @param portsFile file that tells the ports; null if there is none
 * @param exitWhenStdinCloses whether it ends with its standard input
 * @param forceToDisk whether each block is forced to the disk
 */
record ProgramConfig(
        DevNodeConfig node,
        GenesisTx genesis,
        Instant chainStart,
        Map<String, PeerAddress> addresses,
        Listen listen,
        Path directory,
        @Nullable Path log,
        @Nullable Path portsFile,
        boolean exitWhenStdinCloses,
        boolean forceToDisk) {
    ProgramConfig {
        addresses = Collections.unmodifiableMap(new LinkedHashMap<>(addresses));
    }

    /**
     * Where to listen.
     *
     * @param host name or address of the interface
     * @param api main port; 0 for any
     * @param testing testing port; 0 for any
     * @param testingSecret what its testing port demands of each request; null for nothing
     * @param peer port for peers; 0 for any
     */
    record Listen(
            String host, int api, int testing, @Nullable String testingSecret, int peer) {}
}
