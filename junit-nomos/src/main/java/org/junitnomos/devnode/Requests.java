package org.junitnomos.devnode;

import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.WireFormatException;

/** Reads bodies and queries, refusing bad ones as the node's HTTP layer does (node contract 1.1). */
final class Requests {
    /** The limit of a JSON body, far below that of other bodies (node contract 1.1). */
    private static final int MAX_JSON_BYTES = 2 * 1024 * 1024;

    private Requests() {}

    /** Reads a JSON body. What is wrong first is told: a wrong type before the syntax of what follows it. */
    static <T> T body(ApiRequest request, Function<byte[], T> reader) {
        String type = request.contentType().toLowerCase(Locale.ROOT);
        int end = type.indexOf(';');
        String media = (end < 0 ? type : type.substring(0, end)).trim();
        if (!media.equals("application/json") && !(media.startsWith("application/") && media.endsWith("+json"))) {
            throw new ApiRefusal(415, "Expected request with `Content-Type: application/json`");
        }
        if (request.contentLength() > MAX_JSON_BYTES) {
            throw new ApiRefusal(413, "Failed to buffer the request body: length limit exceeded");
        }
        try {
            return reader.apply(request.body());
        } catch (WireFormatException problem) {
            throw problem.getCause() instanceof IOException malformed
                    ? new ApiRefusal(
                            400, "Failed to parse the request body as JSON: " + firstLine(malformed.getMessage()))
                    : shapeError(problem.getMessage());
        }
    }

    /** Refuses well-formed JSON of the wrong shape. */
    static ApiRefusal shapeError(@Nullable String problem) {
        return new ApiRefusal(422, "Failed to deserialize the JSON body into the target type: " + problem);
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    }

    static @Nullable HeaderId optionalId(ApiRequest request, String name) {
        String value = request.query().get(name);
        if (value == null) {
            return null;
        }
        try {
            return HeaderId.fromHex(value);
        } catch (WireFormatException problem) {
            throw queryError(hexProblem(value));
        }
    }

    /** Says of a text that is no id what the node's decoder of hexadecimal digits says. */
    static String hexProblem(String text) {
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        if (digits.length() % 2 != 0) {
            return "odd number of digits";
        }
        int at = (int) digits.chars()
                .takeWhile(digit -> Character.digit(digit, 16) >= 0)
                .count();
        return digits.length() != 64 || at == 64
                ? "invalid string length"
                : "invalid character '" + digits.charAt(at) + "' at position " + at;
    }

    static long requiredSlot(ApiRequest request, String name) {
        String value = request.query().get(name);
        if (value == null) {
            throw queryError("missing field `" + name + "`");
        }
        try {
            return Long.parseUnsignedLong(value);
        } catch (NumberFormatException problem) {
            throw queryError("invalid digit found in string");
        }
    }

    static ApiRefusal queryError(String problem) {
        return new ApiRefusal(400, "Failed to deserialize query string: " + problem);
    }
}
