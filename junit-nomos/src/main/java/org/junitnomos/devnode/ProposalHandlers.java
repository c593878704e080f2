package org.junitnomos.devnode;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Tells which blocks this node proposed last: {@code /test/dev/proposals}. */
final class ProposalHandlers {
    private final OwnProposals proposals;

    ProposalHandlers(OwnProposals proposals) {
        this.proposals = proposals;
    }

    ApiResponse list(ApiRequest request, String value, long now) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (NodeStore.OwnBlock proposal : proposals.last()) {
            list.addObject()
                    .put("id", proposal.block().toHex())
                    .put("slot", proposal.slot())
                    .put("height", proposal.height());
        }
        return ApiResponses.json(JsonTrees.write(list));
    }
}
