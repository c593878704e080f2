package org.junitnomos.devnode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.WireFormatException;

/** Reads bodies and queries, refusing bad ones as the node's HTTP layer does (node contract 1.1). */
final class Requests {
    private static final JsonFactory TOKENS = new JsonFactory();

    private Requests() {}

    /** Reads a JSON body. */
    static <T> T body(ApiRequest request, Function<byte[], T> reader) {
        String type = request.contentType().toLowerCase(Locale.ROOT);
        int end = type.indexOf(';');
        String media = (end < 0 ? type : type.substring(0, end)).trim();
        if (!media.equals("application/json") && !(media.startsWith("application/") && media.endsWith("+json"))) {
            throw new ApiRefusal(415, "Expected request with `Content-Type: application/json`");
        }
        try {
            return reader.apply(request.body());
        } catch (WireFormatException problem) {
            @Nullable String malformed = findSyntaxError(request.body());
            throw malformed != null
                    ? new ApiRefusal(400, "Failed to parse the request body as JSON: " + malformed)
                    : shapeError(problem.getMessage());
        }
    }

    /** Refuses well-formed JSON of the wrong shape. */
    static ApiRefusal shapeError(@Nullable String problem) {
        return new ApiRefusal(422, "Failed to deserialize the JSON body into the target type: " + problem);
    }

    /** Token by token: a tree of a large body would take many times its size. */
    private static @Nullable String findSyntaxError(byte[] body) {
        try (JsonParser parser = TOKENS.createParser(body)) {
            if (parser.nextToken() == null) {
                return "EOF while parsing a value";
            }
            parser.skipChildren();
            return parser.nextToken() == null ? null : "trailing characters";
        } catch (IOException malformed) {
            return firstLine(malformed.getMessage());
        }
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
            throw queryError(name + ": " + problem.getMessage());
        }
    }

    static long requiredSlot(ApiRequest request, String name) {
        String value = request.query().get(name);
        if (value == null) {
            throw queryError("missing field `" + name + "`");
        }
        try {
            return Long.parseUnsignedLong(value);
        } catch (NumberFormatException problem) {
            throw queryError(name + ": invalid digit found in string");
        }
    }

    static ApiRefusal queryError(String problem) {
        return new ApiRefusal(400, "Failed to deserialize query string: " + problem);
    }
}
