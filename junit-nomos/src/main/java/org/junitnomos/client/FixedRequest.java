package org.junitnomos.client;

import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** A GET that is sent again and again: made anew only when the node listens elsewhere. Thread-safe. */
final class FixedRequest {
    private final NodeHttp http;
    private final String path;
    private volatile @Nullable Made last;

    FixedRequest(NodeHttp http, String path) {
        this.http = http;
        this.path = path;
    }

    private record Made(String base, Request request) {}

    Request now() {
        String base = http.base(path);
        Made made = last;
        if (made == null || !made.base.equals(base)) {
            made = new Made(base, http.get(base, path));
            last = made;
        }
        return made.request;
    }
}
