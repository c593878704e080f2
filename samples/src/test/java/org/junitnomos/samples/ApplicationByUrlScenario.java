package org.junitnomos.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junitnomos.jupiter.FromNode;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.scenario.RunContext;

/** An application that has an HTTP client of its own, and is given the URL of a node. */
// tag::url[]
@Topology(validators = 2, slot = "200ms", urls = true)
@RunFor("3s")
class ApplicationByUrlScenario {

    @Test
    void showsTheHeightOfTheChain(@FromNode("validator-1") URI node, RunContext run) throws Exception {
        var dashboard = new Dashboard(node);

        run.clock().await("the dashboard shows a block", Duration.ofSeconds(20), () -> dashboard.height() > 0);

        assertThat(dashboard.height()).isPositive();
    }
}
// end::url[]
