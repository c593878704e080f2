package org.junitnomos.devnode.defect;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.NodeCore;

/** Makes answers, and behaviors that change them. */
final class Answers {
    private static final byte[] NOTHING = new byte[0];

    private Answers() {}

    static String text(ApiResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    static ApiResponse json(String body) {
        return new ApiResponse(200, "application/json", body.getBytes(StandardCharsets.UTF_8), null);
    }

    static ApiResponse error(int status, String text) {
        return new ApiResponse(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), null);
    }

    /** Never comes. */
    static ApiResponse never() {
        return new ApiResponse(0, "", new TreeMap<>(), NOTHING, null, taker -> {});
    }

    /** Answers some requests itself: those for which it has an answer. */
    interface Taker {
        @Nullable
        ApiResponse answer(ApiRequest request, NodeCore right, long now);
    }

    /** Answers in place of the node, which does not hear of these requests. */
    static Behavior taking(Site site, Taker taker) {
        return Behavior.ofCore(right -> new Passing.Core(right) {
            @Override
            public ApiResponse handle(ApiRequest request, long now) {
                ApiResponse own = taker.answer(request, right, now);
                if (own == null) {
                    return right.handle(request, now);
                }
                site.act();
                return own;
            }
        });
    }

    /** Changes the texts of good answers on some paths. */
    static Behavior changing(Site site, Predicate<String> paths, UnaryOperator<String> change) {
        return Behavior.ofCore(right -> new Passing.Core(right) {
            @Override
            public ApiResponse handle(ApiRequest request, long now) {
                ApiResponse answer = right.handle(request, now);
                boolean good = answer.status() == 200 && answer.lines() == null && answer.later() == null;
                if (!good || !paths.test(request.path())) {
                    return answer;
                }
                String honest = text(answer);
                String changed = change.apply(honest);
                return site.act(!changed.equals(honest)) ? with(answer, changed) : answer;
            }
        });
    }

    private static ApiResponse with(ApiResponse answer, String body) {
        return new ApiResponse(
                answer.status(),
                answer.contentType(),
                answer.others(),
                body.getBytes(StandardCharsets.UTF_8),
                null,
                null);
    }

    /** Answers every so many of the requests to a path, which the node does not get. */
    static Behavior takingEvery(Site site, int every, String path, Taker taker) {
        int[] count = new int[1];
        return taking(
                site,
                (request, right, now) -> request.path().equals(path) && ++count[0] % every == 0
                        ? taker.answer(request, right, now)
                        : null);
    }

    /** Adds a number to the numbers of a field. */
    static UnaryOperator<String> adding(String field, long difference) {
        Pattern number = Pattern.compile("(\"" + field + "\":)(\\d+)");
        return body -> number.matcher(body)
                .replaceAll(found -> found.group(1) + Math.max(0, Long.parseUnsignedLong(found.group(2)) + difference));
    }
}
