package org.junitnomos.devnode;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Reads JSON bodies that have no type of their own. */
final class JsonBodies {
    /** As a tree a body takes many times its size, and none of ours is large. */
    private static final int MAX_BYTES = 256 * 1024;

    private JsonBodies() {}

    static JsonNode read(ApiRequest request) {
        return Requests.body(request, JsonBodies::parse);
    }

    private static JsonNode parse(byte[] body) {
        if (body.length > MAX_BYTES) {
            throw new ApiRefusal(413, "length limit exceeded");
        }
        try {
            JsonNode node = JsonTrees.read(body);
            if (node.isMissingNode()) {
                throw new ApiRefusal(400, "Failed to parse the request body as JSON: EOF while parsing a value");
            }
            return node;
        } catch (IOException malformed) {
            throw new ApiRefusal(400, "Failed to parse the request body as JSON: " + malformed.getMessage());
        }
    }

    /** Reads a whole number of a field; the default if it is missing. */
    static long number(JsonNode node, String field, long least, long most, long otherwise) {
        JsonNode value = node.path(field);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.canConvertToLong()
                || !value.isIntegralNumber()
                || value.longValue() < least
                || value.longValue() > most) {
            throw Requests.shapeError(
                    field + ": expected a whole number from " + least + " to " + most + " but was " + value);
        }
        return value.longValue();
    }
}
