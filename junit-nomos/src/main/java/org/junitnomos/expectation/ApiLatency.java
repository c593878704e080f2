package org.junitnomos.expectation;

import java.time.Duration;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.metrics.MetricNumber;
import org.junitnomos.metrics.SlowRequests;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.time.DurationText;

/**
 * Expects that nodes answer a share of the requests of the run window within a time; each node is judged by itself.
 *
 * <p>Requests are those of the clients of the run: of its workloads, its feed and the test. They are counted by limits
 * ({@code nomos_client_slower_requests}), so the time is one of these. One that fails is not answered. Inconclusive if
 * a node that is judged got no request.
 *
 * @param percentile the share in percent; more than 0, at most 100
 * @param within 5, 10, 20, 50, 100, 200 or 500 ms, or 1, 2, 5, 10 or 20 s
 * @param node name of the node; empty for each node
 * @param route a route of the API, for example {@code "/cryptarchia/info"}; empty for all together
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ApiLatency(double percentile, Duration within, String node, String route) implements Expectation {
    public ApiLatency {
        Objects.requireNonNull(within, "within");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(route, "route");
    }

    /**
     * Expects it of each node, over all routes.
     *
     * @param percentile the share in percent; more than 0, at most 100
     * @param within one of the limits
     */
    public ApiLatency(double percentile, Duration within) {
        this(percentile, within, "", "");
    }

    @Override
    public String name() {
        return "latency of the API of " + MetricNumber.shortText(percentile) + " % within "
                + DurationText.format(within) + where(node, route);
    }

    static String where(String node, String route) {
        return (route.isEmpty() ? "" : " for " + route) + (node.isEmpty() ? "" : " on " + node);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        Delays.validate(percentile, within, problems);
        if (!SlowRequests.LIMITS.contains(within)) {
            problems.add(
                    "within",
                    DurationText.format(within),
                    "one of "
                            + SlowRequests.LIMITS.stream()
                                    .map(DurationText::format)
                                    .toList() + ", by which requests are counted",
                    "Take the next one");
        }
        JudgedNode.validate(scenario, problems, node);
    }

    @Override
    public void evaluate(RunContext run) {
        new RequestShares(
                        node,
                        route,
                        metric -> metric.name().equals(RequestShares.ERRORS) || SlowRequests.isCountOf(metric, within))
                .read(run)
                .judge(
                        1 - percentile / 100,
                        MetricNumber.shortText(percentile) + " % of the requests"
                                + (route.isEmpty() ? "" : " to " + route) + " to be answered within "
                                + DurationText.format(within),
                        "were slower or failed");
    }
}
