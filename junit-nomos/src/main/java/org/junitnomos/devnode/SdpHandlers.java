package org.junitnomos.devnode;

import java.util.List;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleJsonValues;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.NoteSigner;
import org.junitnomos.mantle.OpProof;
import org.junitnomos.mantle.SdpDeclare;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkSignature;

/** Takes requests about services (node contract 1.4): the node's mock wallet signs with the all-zero key. */
final class SdpHandlers {
    private final Gossip gossip;
    private final NodeLog log;

    SdpHandlers(Gossip gossip, NodeLog log) {
        this.gossip = gossip;
        this.log = log;
    }

    /** Publishes a declaration; whether it is valid is for the next leader to decide. */
    ApiResponse declare(ApiRequest request, String value, long now) {
        SdpDeclare declare = Requests.body(request, MantleJsonValues::decodeDeclaration);
        Ed25519PrivateKey key = Ed25519PrivateKey.ZERO;
        MantleTx tx = MantleTx.of(List.of(declare), LedgerTx.EMPTY);
        ZkSignature owner = NoteSigner.DEV_NODES.prove(tx, key);
        OpProof proof = new OpProof.ZkAndEd25519Sigs(owner, key.sign(tx.hash()));
        if (!gossip.submit(new SignedMantleTx(tx, List.of(proof), owner), now)) {
            throw new ApiRefusal(500, "channel closed");
        }
        return ApiResponses.json(MantleJsonValues.encode(declare.declarationId()));
    }

    /** A node has no declaration of its own in its settings, so it has nothing to report or to withdraw. */
    ApiResponse activity(ApiRequest request, String value, long now) {
        Requests.body(request, MantleJsonValues::decodeActivity);
        log.info("Ignored the activity: this node has no declaration in its settings.");
        return ApiResponses.nullJson();
    }

    ApiResponse withdrawal(ApiRequest request, String value, long now) {
        Requests.body(request, MantleJsonValues::decodeDeclarationId);
        log.info("Ignored the withdrawal: this node has no declaration in its settings.");
        return ApiResponses.nullJson();
    }
}
