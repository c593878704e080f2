package org.junitnomos.devnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import org.junitnomos.devnode.chain.Chain;
import org.junitnomos.devnode.ledger.Declaration;
import org.junitnomos.mantle.Multiaddr;
import org.junitnomos.mantle.SdpDeclare;

/** Answer the routes of the testing port that real nodes have too (node contract 1.5). */
final class TestingHandlers {
    private final Chain chain;

    TestingHandlers(Chain chain) {
        this.chain = chain;
    }

    /** No session has members yet, and for an unknown one both maps are empty. */
    ApiResponse membership(ApiRequest request, String value, long now) {
        JsonNode session = JsonBodies.read(request);
        if (!session.isIntegralNumber() || session.bigIntegerValue().signum() < 0) {
            throw Requests.shapeError("expected a session number of 0 or more but was " + session);
        }
        return ApiResponses.json("{\"assignations\":{},\"addressbook\":{}}");
    }

    ApiResponse declarations(ApiRequest request, String value, long now) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        chain.tipState().ledger().declarations().forEach((id, declaration) -> list.add(describe(declaration)));
        return ApiResponses.json(list.toString());
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
