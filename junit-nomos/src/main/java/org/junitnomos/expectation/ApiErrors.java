package org.junitnomos.expectation;

import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;

/**
 * Expects that no more than a share of the requests of the run window fail; each node is judged by itself.
 *
 * <p>Requests are those of the clients of the run: of its workloads, its feed and the test. One fails without an
 * answer, with a broken one, or with status 500 or above, by which a node also refuses transactions. Inconclusive if a
 * node that is judged got no request.
 *
 * @param atMost the largest share, 0 to 1; for example 0.01
 * @param node name of the node; empty for each node
 * @param route a route of the API, for example {@code "/cryptarchia/info"}; empty for all together
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ApiErrors(double atMost, String node, String route) implements Expectation {
    public ApiErrors {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(route, "route");
    }

    /**
     * Expects it of each node, over all routes.
     *
     * @param atMost the largest share, 0 to 1
     */
    public ApiErrors(double atMost) {
        this(atMost, "", "");
    }

    @Override
    public String name() {
        return "errors of the API at most " + MetricBound.percent(atMost) + ApiLatency.where(node, route);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (!(atMost >= 0 && atMost <= 1)) {
            problems.add("atMost", atMost, "0 to 1", "Change the share");
        }
        JudgedNode.validate(scenario, problems, node);
    }

    @Override
    public void evaluate(RunContext run) {
        new RequestShares(node, route, metric -> metric.name().equals(RequestShares.ERRORS))
                .read(run)
                .judge(
                        atMost,
                        "at most " + MetricBound.percent(atMost) + " of the requests"
                                + (route.isEmpty() ? "" : " to " + route) + " to fail",
                        "failed");
    }
}
