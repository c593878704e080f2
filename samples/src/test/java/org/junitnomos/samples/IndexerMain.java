package org.junitnomos.samples;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** An application that runs in a container of its own, and knows of the cluster what an environment variable says. */
final class IndexerMain {
    private IndexerMain() {}

    public static void main(String[] arguments) throws IOException {
        var url = System.getenv("NOMOS_URL");
        System.out.println("following " + url);
        try (var blocks = new URL(url + "/cryptarchia/blocks/stream").openStream()) {
            blocks.read(); // the first block that comes
        }
        try (var info = new URL(url + "/cryptarchia/info").openStream()) {
            var text = new String(info.readAllBytes(), StandardCharsets.UTF_8);
            System.out.println("height " + text.replaceFirst(".*\"height\":(\\d+).*", "$1"));
        }
    }
}
