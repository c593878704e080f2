package org.junitnomos.devnode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request; answers like the node's HTTP layer if there is none (node contract 1.1). */
final class Api {
    private static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

    private final List<Route> routes;

    /** The routes that match a path, for each path without a parameter. */
    private final Map<String, List<Route>> byPath = new HashMap<>();

    Api(List<Route> routes) {
        this.routes = List.copyOf(routes);
        for (Route route : routes) {
            byPath.computeIfAbsent(String.join("/", route.path()), path -> matching(Route.split(path)));
        }
    }

    private List<Route> matching(List<String> segments) {
        return routes.stream().filter(route -> route.match(segments) != null).toList();
    }

    /** No route that serves GET, and so HEAD, answers later. */
    ApiResponse handle(ApiRequest request, long now) {
        List<String> segments = Route.split(request.path());
        boolean head = request.method().equals("HEAD");
        String method = head ? "GET" : request.method();
        SortedMap<String, String> allow = new TreeMap<>();
        Route chosen = null;
        String chosenValue = "";
        for (Route route : byPath.getOrDefault(request.path(), routes)) {
            @Nullable String value = route.match(segments);
            if (value != null) {
                String methods = route.method().equals("GET") ? "GET,HEAD" : route.method();
                allow.merge("allow", methods, (before, more) -> before + "," + more);
                if (route.method().equals(method)) {
                    chosen = route;
                    chosenValue = value;
                }
            }
        }
        if (method.equals("OPTIONS")) {
            return ApiResponses.preflight(allow);
        }
        if (request.contentLength() > MAX_BODY_BYTES) {
            return ApiResponses.text(413, "length limit exceeded");
        }
        if (chosen == null) {
            return ApiResponses.empty(allow.isEmpty() ? 404 : 405, allow);
        }
        ApiResponse response = answer(chosen, request, chosenValue, now);
        return head ? response.withoutBody() : response;
    }

    private static ApiResponse answer(Route route, ApiRequest request, String value, long now) {
        try {
            return route.handler().handle(request, value, now);
        } catch (ApiRefusal refusal) {
            return ApiResponses.text(refusal.status(), refusal.text());
        }
    }
}
