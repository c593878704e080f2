package org.junitnomos.devnode;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request; answers like the node's HTTP layer if there is none (node contract 1.1). */
final class Api {
    private static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

    private final List<Route> routes;

    Api(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    ApiResponse handle(ApiRequest request, long now) {
        List<String> segments = Route.split(request.path());
        boolean pathExists = false;
        for (Route route : routes) {
            @Nullable String value = route.match(segments);
            if (value != null) {
                if (route.method().equals(request.method())) {
                    return request.body().length > MAX_BODY_BYTES
                            ? ApiResponses.text(413, "length limit exceeded")
                            : answer(route, request, value, now);
                }
                pathExists = true;
            }
        }
        return ApiResponses.empty(pathExists ? 405 : 404);
    }

    private static ApiResponse answer(Route route, ApiRequest request, String value, long now) {
        try {
            return route.handler().handle(request, value, now);
        } catch (ApiRefusal refusal) {
            return ApiResponses.text(refusal.status(), refusal.text());
        }
    }
}
