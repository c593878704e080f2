package org.junitnomos.devnode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobJson;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobRequestJson;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.mantle.ChannelBlob;
import org.junitnomos.mantle.SignedMantleTx;

/** Asks nodes of a {@link DevNet} which blobs and shares they have. */
final class BlobQueries {
    private BlobQueries() {}

    /** List the blob operations on the branch of a node's tip, oldest first. */
    static List<ChannelBlob> blobs(Member node) {
        List<ChannelBlob> found = new ArrayList<>();
        for (SignedMantleTx transaction : node.transactions()) {
            if (transaction.tx().ops().get(0) instanceof ChannelBlob blob) {
                found.add(blob);
            }
        }
        return found;
    }

    static List<BlobShare> shares(Member node, BlobId blob) {
        byte[] body = BlobRequestJson.encode(new BlobRequest.Shares(blob, List.of(), List.of(), true));
        List<BlobShare> found = new ArrayList<>();
        ApiResponse response = node.request("GET", "/da/sampling/shares", "application/json", body);
        if (response.status() == 200) {
            DevNet.text(response)
                    .lines()
                    .map(line -> BlobJson.decodeOptionalShare(line.getBytes(StandardCharsets.UTF_8))
                            .orElseThrow())
                    .forEach(found::add);
        }
        return found;
    }

    static BlobCommitments commitments(Member node, BlobId blob) {
        return BlobJson.decodeOptionalCommitments(node.request(
                                "GET",
                                "/da/get-storage-commitments",
                                "application/json",
                                BlobRequestJson.encode(new BlobRequest.StoredCommitments(blob)))
                        .body())
                .orElseThrow();
    }

    static TreeMap<Integer, Integer> holders(DevNet net, BlobId blob) {
        TreeMap<Integer, Integer> holders = new TreeMap<>();
        net.nodes().forEach(node -> shares(node, blob).forEach(share -> holders.merge(share.index(), 1, Integer::sum)));
        return holders;
    }
}
