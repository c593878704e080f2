package org.junitnomos.devnode;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One method of one path, and what serves it.
 *
 * @param method for example {@code "GET"}
 * @param path segments of the path; one that begins with a colon takes any value
 * @param handler answers a request
 */
record Route(String method, List<String> path, Handler handler) {
    Route {
        path = List.copyOf(path);
    }

    /** Answers a request; the value is that of the variable segment, empty if there is none. */
    interface Handler {
        ApiResponse handle(ApiRequest request, String value, long now);
    }

    static Route of(String method, String path, Handler handler) {
        return new Route(method, split(path), handler);
    }

    static List<String> split(String path) {
        return List.of(path.split("/", -1));
    }

    /** Returns the value of the variable segment; null if the path is another one. */
    @Nullable
    String match(List<String> segments) {
        if (segments.size() != path.size()) {
            return null;
        }
        String value = "";
        for (int i = 0; i < segments.size(); i++) {
            if (path.get(i).startsWith(":") && !segments.get(i).isEmpty()) {
                value = segments.get(i);
            } else if (!path.get(i).equals(segments.get(i))) {
                return null;
            }
        }
        return value;
    }
}
