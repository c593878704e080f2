package org.junitnomos.workload;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.NodeHandle;

/** Hands out executors in turn, each to so many blobs at the same time. Thread-safe. */
final class ExecutorTurns {
    private final int atOnce;
    private final Map<String, Integer> dispersals = new HashMap<>();
    private int turn;

    ExecutorTurns(int atOnce) {
        this.atOnce = atOnce;
    }

    /** Takes the next executor that has room for one more blob; null if none has. */
    synchronized @Nullable NodeHandle begin(List<NodeHandle> executors) {
        for (int i = 0; i < executors.size(); i++) {
            var executor = executors.get(Math.floorMod(turn++, executors.size()));
            int now = dispersals.getOrDefault(executor.name(), 0);
            if (now < atOnce) {
                dispersals.put(executor.name(), now + 1);
                return executor;
            }
        }
        return null;
    }

    /** An executor answered for a blob, or did not. */
    synchronized void end(NodeHandle executor) {
        dispersals.merge(executor.name(), -1, Integer::sum);
    }
}
