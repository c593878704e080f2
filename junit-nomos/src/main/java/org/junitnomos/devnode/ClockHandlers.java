package org.junitnomos.devnode;

import com.fasterxml.jackson.databind.JsonNode;

/** Shows and sets how far the node's clock is ahead: {@code /test/dev/clock}. */
final class ClockHandlers {
    private static final long NANOS_PER_MICRO = 1_000L;
    private static final long MAX_MICROS = 1_000_000_000_000L;

    private final SlotClock clock;
    private final NodeLog log;

    ClockHandlers(SlotClock clock, NodeLog log) {
        this.clock = clock;
        this.log = log;
    }

    ApiResponse show(ApiRequest request, String value, long now) {
        return ApiResponses.json("{\"skew_us\":" + Math.floorDiv(clock.skewNanos(), NANOS_PER_MICRO) + "}");
    }

    ApiResponse set(ApiRequest request, String value, long now) {
        JsonNode body = JsonBodies.read(request);
        if (!body.path("skew_us").isIntegralNumber()) {
            throw Requests.shapeError("skew_us: expected a whole number but was " + body.path("skew_us"));
        }
        long skew = JsonBodies.number(body, "skew_us", -MAX_MICROS, MAX_MICROS, 0);
        clock.setSkewNanos(skew * NANOS_PER_MICRO, now);
        log.info("The clock is " + skew + " us ahead.");
        return show(request, value, now);
    }
}
