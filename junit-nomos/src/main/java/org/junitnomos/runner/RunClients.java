package org.junitnomos.runner;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.BlobClient;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.TestingClient;

/** Makes the clients of nodes as a run hands them out: they read and submit; faults are a matter of its control. */
final class RunClients {
    private static final List<String> CHANGES =
            List.of("setLinks", "addPeers", "removePeer", "reconnect", "setClockSkew", "setShareFaults", "setDefects");

    private final Fence client;
    private final Fence blobs;
    private final Fence control;

    RunClients(Runnable check) {
        client = new Fence(check, List.of(), "", this::fenced);
        blobs = new Fence(
                check,
                List.of("blockPeer", "unblockPeer"),
                "Use blockPeer of RunContext.control(), and heal with its proof.",
                (method, result) -> result);
        control = new Fence(
                check,
                CHANGES,
                "Use RunContext.control(): it cuts and changes links, skews clocks, withholds shares, gives defects.",
                (method, result) -> result);
    }

    private @Nullable Object fenced(String method, @Nullable Object result) {
        if (result instanceof BlobClient raw) {
            return blobs.around(BlobClient.class, raw);
        }
        if (result instanceof TestingClient raw) {
            return control.around(TestingClient.class, raw);
        }
        return result instanceof NodeClient raw ? around(raw) : result; // withTimeout gives another one
    }

    NodeClient around(NodeClient raw) {
        return client.around(NodeClient.class, raw);
    }
}
