package org.junitnomos.devnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junitnomos.devnode.DevNodeConfig.LinkQuality;

/** Shows and changes the links of the node: {@code /test/dev/links}. */
final class LinkHandlers {
    private static final long NANOS_PER_MICRO = 1_000L;
    private static final long MAX_MICROS = 3_600_000_000L;
    private static final long MAX_BANDWIDTH = 1_000_000_000_000L;

    private final LinkQualities links;
    private final Hellos hellos;
    private final NodeLog log;

    private record Change(boolean up, LinkQuality quality) {}

    LinkHandlers(LinkQualities links, Hellos hellos, NodeLog log) {
        this.links = links;
        this.hellos = hellos;
        this.log = log;
    }

    ApiResponse list(ApiRequest request, String value, long now) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Link link : links.all()) {
            list.addObject()
                    .put("peer", link.peer())
                    .put("up", link.isUp())
                    .put("connected", link.isConnected(now))
                    .put("latency_us", link.quality().latencyNanos() / NANOS_PER_MICRO)
                    .put("jitter_us", link.quality().jitterNanos() / NANOS_PER_MICRO)
                    .put("loss_per_mille", link.quality().lossPerMille())
                    .put("bytes_per_second", link.quality().bandwidth());
        }
        return ApiResponses.json(JsonTrees.write(list));
    }

    /** Changes all named links, or none if one of the changes is wrong. */
    ApiResponse change(ApiRequest request, String value, long now) {
        JsonNode body = JsonBodies.read(request);
        if (!body.isArray()) {
            throw Requests.shapeError("expected a list of links but was " + body.getNodeType());
        }
        Map<Link, Change> changes = new LinkedHashMap<>();
        for (JsonNode entry : body) {
            Link link = find(entry.path("peer"));
            changes.put(link, read(entry, link));
        }
        changes.forEach((link, change) -> apply(link, change, now));
        return list(request, value, now);
    }

    private Link find(JsonNode peer) {
        if (!peer.isTextual()) {
            throw Requests.shapeError("peer: expected the name of a peer but was " + peer);
        }
        Link link = links.find(peer.textValue());
        if (link == null) {
            throw new ApiRefusal(
                    404,
                    "No link to '" + peer.textValue() + "'; the peers of this node are "
                            + links.all().stream().map(Link::peer).toList() + ".");
        }
        return link;
    }

    private static Change read(JsonNode entry, Link link) {
        JsonNode up = entry.path("up");
        if (!up.isMissingNode() && !up.isBoolean()) {
            throw Requests.shapeError("up: expected true or false but was " + up);
        }
        LinkQuality quality = link.quality();
        long latency = JsonBodies.number(entry, "latency_us", 0, MAX_MICROS, quality.latencyNanos() / NANOS_PER_MICRO);
        long jitter = JsonBodies.number(entry, "jitter_us", 0, MAX_MICROS, quality.jitterNanos() / NANOS_PER_MICRO);
        long loss = JsonBodies.number(entry, "loss_per_mille", 0, 1000, quality.lossPerMille());
        long bandwidth = JsonBodies.number(entry, "bytes_per_second", 0, MAX_BANDWIDTH, quality.bandwidth());
        return new Change(
                up.asBoolean(link.isUp()),
                new LinkQuality(latency * NANOS_PER_MICRO, jitter * NANOS_PER_MICRO, (int) loss, bandwidth));
    }

    private void apply(Link link, Change change, long now) {
        link.setQuality(change.quality(), now);
        if (link.isUp() != change.up()) {
            link.setUp(change.up());
            log.info("Link to " + link.peer() + (change.up() ? " came back." : " was cut."));
            hellos.say(link, now);
        }
    }
}
