package org.junitnomos.devnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Shows, adds and takes away the direct peers of the node: {@code /test/dev/peers}. Where they are reached is a matter
 * of the driver.
 */
final class PeerHandlers {
    private static final int MAX_PEERS = 1_024;

    private final LinkQualities links;
    private final Hellos hellos;
    private final NodeLog log;

    PeerHandlers(LinkQualities links, Hellos hellos, NodeLog log) {
        this.links = links;
        this.hellos = hellos;
        this.log = log;
    }

    ApiResponse list(ApiRequest request, String value, long now) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Link link : links.all()) {
            list.addObject().put("peer", link.peer());
        }
        return ApiResponses.json(JsonTrees.write(list));
    }

    /** Adds all named peers that are not known yet, or none if one of the names is wrong. */
    ApiResponse add(ApiRequest request, String value, long now) {
        JsonNode body = JsonBodies.read(request);
        if (!body.isArray()) {
            throw Requests.shapeError("expected a list of peers but was " + body.getNodeType());
        }
        Set<String> fresh = new LinkedHashSet<>();
        for (JsonNode entry : body) {
            JsonNode peer = entry.path("peer");
            if (!peer.isTextual() || peer.textValue().isBlank() || links.isOwnName(peer.textValue())) {
                throw Requests.shapeError("peer: expected the name of another node but was " + peer);
            }
            if (links.find(peer.textValue()) == null) {
                fresh.add(peer.textValue());
            }
        }
        if (links.all().size() + fresh.size() > MAX_PEERS) {
            throw Requests.shapeError("expected at most " + MAX_PEERS + " peers but was "
                    + (links.all().size() + fresh.size()));
        }
        for (String peer : fresh) {
            Link link = links.add(peer);
            log.info("Peer " + peer + " was added.");
            hellos.say(link, now);
        }
        return list(request, value, now);
    }

    ApiResponse remove(ApiRequest request, String value, long now) {
        Link link = links.find(value);
        if (link == null) {
            throw new ApiRefusal(
                    404,
                    "No link to '" + value + "'; the peers of this node are "
                            + links.all().stream().map(Link::peer).toList() + ".");
        }
        links.remove(link);
        log.info("Peer " + value + " was removed.");
        return list(request, value, now);
    }
}
