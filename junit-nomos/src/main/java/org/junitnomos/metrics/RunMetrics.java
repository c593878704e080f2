package org.junitnomos.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.apiguardian.api.API;

/**
 * What nodes tell of themselves, and what our own client sees of them: as it is, and as it was in the course of the
 * run. Thread-safe.
 *
 * <p>Nodes are asked in phase CAPTURE, then every 5 slots of the run window, or 500 times if it is longer than that, at
 * its end and at the end of the cooldown. A node that did not run, or did not answer, has no value then.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface RunMetrics {
    /** What stands for the test JVM in place of a node; it is measured in real time only. */
    String TEST_JVM = "test-jvm";

    /** {@return the names of the nodes that were asked, in the order in which they were first; without the test JVM} */
    List<String> nodes();

    /**
     * Lists what was told of a node so far.
     *
     * @param node name of the node
     * @return its metrics by name and labels; empty if there are none
     */
    List<Metric> metrics(String node);

    /**
     * Returns what a metric was on every node.
     *
     * @param metric a name, perhaps with labels: {@code nomos_client_requests{route="/cryptarchia/info"}}; labels that
     *     it does not name may be any
     * @return one series for each node and each of its metrics that match; empty if there is none
     * @throws IllegalArgumentException if that is no metric
     */
    List<MetricSeries> series(String metric);

    /**
     * Returns what a metric was when its node was asked last; {@link #sample} asks anew.
     *
     * @param node name of the node
     * @param metric as for {@link #series}, with the labels that tell it from others
     * @return the value; empty if the node did not tell it then
     * @throws IllegalArgumentException if that is no metric, or several of the node match it
     */
    default OptionalDouble value(String node, String metric) {
        var found =
                series(metric).stream().filter(each -> each.node().equals(node)).toList();
        if (found.size() > 1) {
            throw new IllegalArgumentException("'" + metric + "' of node '" + node + "' may be any of "
                    + found.stream().map(MetricSeries::metric).toList() + ". Name the labels of one.");
        }
        return found.isEmpty() ? OptionalDouble.empty() : found.get(0).last();
    }

    /**
     * Asks the Prometheus of the run, or the one that the setting {@code nomos.metrics.query.url} names. Its values are
     * up to one of its intervals older than those here.
     *
     * @param promql a query, for example {@code sum(rate(consensus_processed_blocks[1m]))}
     * @return the values in the order of the answer; empty if nothing matches
     * @throws IllegalArgumentException if the query is refused, or gives no numbers of one moment; says why
     * @throws IllegalStateException if there is none, or it does not answer; says how to get one
     */
    List<QueriedSample> query(String promql);

    /**
     * Asks it for several moments of the past, as {@link #query(String)} does for now.
     *
     * @param promql a query
     * @param from time of day of the first of them, as {@code run.clock().instant()} tells it
     * @param until not after that
     * @param step from one to the next; at least 1 ms
     * @return the values, those with equal labels one after the other, oldest first
     * @throws IllegalArgumentException if the query is refused; says why
     * @throws IllegalStateException if there is none, or it does not answer; says how to get one
     */
    List<QueriedSample> query(String promql, Instant from, Instant until, Duration step);

    /** Asks every node now, beside the usual times. */
    void sample();
}
