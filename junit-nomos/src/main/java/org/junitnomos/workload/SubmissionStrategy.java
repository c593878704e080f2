package org.junitnomos.workload;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apiguardian.api.API;
import org.junitnomos.deploy.NodeHandle;

/** How a workload chooses the node to which it hands its next transaction. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum SubmissionStrategy {
    /** Always the first running node, in the order of the nodes. */
    ONE_NODE,
    /** Each running node in turn. */
    ROUND_ROBIN,
    /** A running node drawn by chance, from the seed of the run. */
    RANDOM;

    /**
     * Returns the strategy as it stands in plans and reports.
     *
     * @return lower-case words, for example {@code "round robin"}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Orders the nodes in which one transaction is tried: the chosen one first, then the others in turn. */
    int first(List<NodeHandle> running, long submission, Random random) {
        return switch (this) {
            case ONE_NODE -> 0;
            case ROUND_ROBIN -> (int) (submission % running.size());
            case RANDOM -> random.nextInt(running.size());
        };
    }
}
