package org.junitnomos.samples;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Stands for an application under test, which has an HTTP client of its own. */
final class Dashboard {
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
