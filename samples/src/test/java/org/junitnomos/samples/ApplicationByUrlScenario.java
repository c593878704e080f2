package org.junitnomos.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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

/** Stands for the application under test. */
class Dashboard {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI node;

    Dashboard(URI node) {
        this.node = node;
    }

    long height() {
        var request =
                HttpRequest.newBuilder(URI.create(node + "/cryptarchia/info")).build();
        var info = client.sendAsync(request, BodyHandlers.ofString()).join().body();
        return Long.parseLong(info.replaceFirst(".*\"height\":(\\d+).*", "$1"));
    }
}
