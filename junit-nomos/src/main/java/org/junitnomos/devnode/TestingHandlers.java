package org.junitnomos.devnode;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junitnomos.devnode.chain.Chain;
import org.junitnomos.devnode.da.BlobRef;
import org.junitnomos.devnode.da.DataAvailabilityService;
import org.junitnomos.devnode.da.Membership;
import org.junitnomos.devnode.da.Sessions;
import org.junitnomos.devnode.da.ShareStore;
import org.junitnomos.devnode.ledger.Declaration;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobRequestJson;
import org.junitnomos.mantle.MantleJsonValues;
import org.junitnomos.mantle.Multiaddr;
import org.junitnomos.mantle.SdpDeclare;

/** Answers the routes of the testing port that real nodes have too (node contract 1.5). */
final class TestingHandlers {
    private final Chain chain;
    private final DataAvailabilityService availability;
    private final MetricsHandlers metrics;

    TestingHandlers(Chain chain, DataAvailabilityService availability, MetricsHandlers metrics) {
        this.chain = chain;
        this.availability = availability;
        this.metrics = metrics;
    }

    MetricsHandlers metrics() {
        return metrics;
    }

    ShareStore shareStore() {
        return availability.store();
    }

    /** For a session that is unknown or has not begun both maps are empty. */
    ApiResponse membership(ApiRequest request, String value, long now) {
        long session = Requests.body(request, MantleJsonValues::decodeSession);
        Sessions sessions = availability.sessions();
        Membership membership = Long.compareUnsigned(session, sessions.current()) <= 0
                ? sessions.membership(session)
                : Membership.EMPTY;
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode assignations = answer.putObject("assignations");
        for (int column = 0; column < membership.subnets().size(); column++) {
            ArrayNode peers = assignations.putArray(Integer.toString(column));
            membership.subnets().get(column).forEach(member -> peers.add(member.peerId()));
        }
        ObjectNode addresses = answer.putObject("addressbook");
        membership
                .members()
                .forEach((peer, member) -> addresses.put(peer, member.address().toString()));
        return ApiResponses.json(JsonTrees.write(answer));
    }

    ApiResponse historicSampling(ApiRequest request, String value, long now) {
        BlobRequest.Historic wanted = Requests.body(request, BlobRequestJson::decodeHistoric);
        List<BlobRef> blobs = new ArrayList<>();
        wanted.blobs().forEach(blob -> blobs.add(new BlobRef(blob.blob(), blob.session())));
        return ApiResponses.later(answer -> availability.sampleAll(
                blobs, now, (available, then) -> answer.accept(ApiResponses.json(String.valueOf(available)))));
    }

    ApiResponse declarations(ApiRequest request, String value, long now) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        chain.tipState().ledger().declarations().forEach((id, declaration) -> list.add(describe(declaration)));
        return ApiResponses.json(JsonTrees.write(list));
    }

    private static ObjectNode describe(Declaration declaration) {
        SdpDeclare declare = declaration.declare();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("service_type", declare.serviceType().code());
        node.put("provider_id", declare.providerId().toHex());
        node.put("locked_note_id", declare.lockedNote().toHex());
        ArrayNode locators = node.putArray("locators");
        for (Multiaddr locator : declare.locators()) {
            locators.add(locator.toString());
        }
        node.put("zk_id", declare.zkId().toHex());
        node.put("created", declaration.created());
        node.put("active", declaration.active());
        node.putNull("withdrawn");
        node.put("nonce", new BigInteger(Long.toUnsignedString(declaration.nonce())));
        return node;
    }
}
