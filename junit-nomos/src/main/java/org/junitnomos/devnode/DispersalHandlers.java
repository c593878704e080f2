package org.junitnomos.devnode;

import java.util.List;
import org.junitnomos.devnode.da.DataAvailabilityService;
import org.junitnomos.devnode.da.Disperser;
import org.junitnomos.devnode.da.Membership;
import org.junitnomos.mantle.BlobCoding;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobRequestJson;
import org.junitnomos.mantle.ChannelBlob;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleJsonValues;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.NoteSigner;
import org.junitnomos.mantle.SignedMantleTx;

/** Disperses blobs for clients of an executor (node contract 1.4, 4.3). */
final class DispersalHandlers {
    private final DataAvailabilityService availability;
    private final NodeLog log;

    DispersalHandlers(DataAvailabilityService availability, NodeLog log) {
        this.availability = availability;
        this.log = log;
    }

    /** Answers when every subnet has its column, long before the blob is in a block. */
    ApiResponse disperse(ApiRequest request, String value, long now) {
        BlobRequest.Disperse wanted = Requests.body(request, BlobRequestJson::decodeDisperse);
        long session = availability.sessions().current();
        Membership membership = availability.sessions().membership(session);
        if (membership.isEmpty()) {
            throw new ApiRefusal(500, "Current session info is not available");
        }
        byte[] data = wanted.data();
        BlobCoding.Coded coded = availability.encode(data);
        if (coded == null) {
            log.info("Refused to disperse " + data.length
                    + " bytes: expected a multiple of 31 that is not 0 and fits into the messages of a node.");
            throw new ApiRefusal(500, Disperser.FAILED);
        }
        SignedMantleTx transaction = announce(wanted, session, coded, data.length);
        return ApiResponses.later(answer -> availability
                .disperser()
                .disperse(transaction, coded, membership, now, problem -> {
                    byte[] id = MantleJsonValues.encode(coded.commitments().blobId());
                    answer.accept(problem == null ? ApiResponses.json(id) : ApiResponses.text(500, problem));
                }));
    }

    /** Signs with the key of the node's mock wallet, whatever signer the request names. */
    private static SignedMantleTx announce(
            BlobRequest.Disperse wanted, long session, BlobCoding.Coded coded, int size) {
        Ed25519PrivateKey key = Ed25519PrivateKey.ZERO;
        ChannelBlob op = new ChannelBlob(
                wanted.channel(), session, coded.commitments().blobId(), size, 0, wanted.parent(), key.publicKey());
        MantleTx tx = MantleTx.of(List.of(op), LedgerTx.EMPTY);
        return NoteSigner.DEV_NODES.sign(tx, List.of(key));
    }
}
