package org.junitnomos.devnode;

import java.util.List;
import java.util.Optional;
import org.junitnomos.devnode.mempool.Mempool;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.MantleJsonValues;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** Takes transactions and tells how they stand (node contract 1.4). */
final class MempoolHandlers {
    private final Mempool mempool;
    private final Gossip gossip;

    MempoolHandlers(Mempool mempool, Gossip gossip) {
        this.mempool = mempool;
        this.gossip = gossip;
    }

    ApiResponse add(ApiRequest request, String value, long now) {
        SignedMantleTx transaction = Requests.body(request, MantleJson::decodeSignedTx);
        Optional<String> error = transaction.findShapeError();
        if (error.isPresent()) {
            throw Requests.shapeError(error.get());
        }
        if (!gossip.submit(transaction, now)) {
            throw new ApiRefusal(500, "Item already in mempool");
        }
        return ApiResponses.nullJson();
    }

    ApiResponse metrics(ApiRequest request, String value, long now) {
        return ApiResponses.json("{\"pending_items\":" + mempool.pendingCount() + ",\"last_item_timestamp\":"
                + mempool.lastAddedMillis() + "}");
    }

    ApiResponse status(ApiRequest request, String value, long now) {
        List<TxHash> hashes = Requests.body(request, MantleJsonValues::decodeTxHashes);
        StringBuilder json = new StringBuilder("[");
        for (TxHash hash : hashes) {
            if (json.length() > 1) {
                json.append(',');
            }
            Mempool.Status status = mempool.status(hash);
            HeaderId block = status.block();
            if (block != null) {
                json.append("{\"InBlock\":{\"block\":\"").append(block).append("\"}}");
            } else {
                json.append(status.known() ? "\"Pending\"" : "\"Unknown\"");
            }
        }
        return ApiResponses.json(json.append(']').toString());
    }
}
