package org.junitnomos.devnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeSet;
import org.junitnomos.devnode.da.ShareStore;

/** Shows and sets which shares the node does not give, or gives wrong: {@code /test/dev/shares}. */
final class ShareHandlers {
    private static final int MAX_COLUMN = 255;

    private final ShareStore store;
    private final NodeLog log;

    ShareHandlers(ShareStore store, NodeLog log) {
        this.store = store;
        this.log = log;
    }

    ApiResponse show(ApiRequest request, String value, long now) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode withheld = answer.putArray("withheld");
        store.withheld().forEach(withheld::add);
        ArrayNode corrupted = answer.putArray("corrupted");
        store.corrupted().forEach(corrupted::add);
        return ApiResponses.json(JsonTrees.write(answer));
    }

    ApiResponse set(ApiRequest request, String value, long now) {
        JsonNode body = JsonBodies.read(request);
        TreeSet<Integer> withheld = columns(body, "withheld");
        TreeSet<Integer> corrupted = columns(body, "corrupted");
        store.breakShares(withheld, corrupted);
        log.info("Withholds columns " + withheld + " and corrupts columns " + corrupted + ".");
        return show(request, value, now);
    }

    private static TreeSet<Integer> columns(JsonNode body, String field) {
        JsonNode list = body.path(field);
        if (!list.isArray()) {
            throw Requests.shapeError(field + ": expected a list of columns but was " + list);
        }
        TreeSet<Integer> columns = new TreeSet<>();
        for (JsonNode column : list) {
            if (!column.isInt() || column.intValue() < 0 || column.intValue() > MAX_COLUMN) {
                throw Requests.shapeError(
                        field + ": expected columns from 0 to " + MAX_COLUMN + " but one was " + column);
            }
            columns.add(column.intValue());
        }
        return columns;
    }
}
