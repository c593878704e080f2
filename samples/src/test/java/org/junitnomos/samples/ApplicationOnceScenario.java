package org.junitnomos.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junitnomos.jupiter.FromNode;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.RunScope;
import org.junitnomos.jupiter.ScenarioOptions;
import org.junitnomos.jupiter.Topology;

/** An application that is started once for all tests of a class, as frameworks do it. */
// tag::once[]
@ScenarioOptions(run = RunScope.CLASS)
@Topology(validators = 2, slot = "200ms", urls = true)
@RunFor("3s")
class ApplicationOnceScenario {
    private static Dashboard dashboard;

    @BeforeAll
    static void start(@FromNode("validator-0") URI node) {
        dashboard = new Dashboard(node);
    }

    @Test
    void showsAHeight() {
        assertThat(dashboard.height()).isNotNegative();
    }
}
// end::once[]
