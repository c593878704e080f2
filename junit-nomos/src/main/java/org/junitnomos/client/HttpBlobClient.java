package org.junitnomos.client;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobJson;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobRequestJson;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJsonValues;

/** Asks a node about blobs on its main port, and on its testing port. */
final class HttpBlobClient implements BlobClient {
    /** A node's HTTP layer gives up after 30 s. */
    private static final Duration LONG = Duration.ofSeconds(35);

    private static final String NOBODY_ANSWERED = "Failed to get range";
    private static final String UNKNOWN_BLOB = "Blob index not found";

    private final NodeHttp http;
    private final NodeHttp slow;
    private final NodeHttp testing;

    HttpBlobClient(NodeHttp http) {
        this.http = http;
        Duration most = http.timeout().compareTo(LONG) > 0 ? http.timeout() : LONG;
        this.slow = http.with(NodeAddress.Port.API, most);
        this.testing = http.with(NodeAddress.Port.TESTING, most);
    }

    private <T> T get(String path, BlobRequest request, NodeHttp.Reader<T> reader) {
        return http.get(path, BlobRequestJson.encode(request), reader);
    }

    @Override
    public BlobId disperse(BlobRequest.Disperse request) {
        return slow.command("/disperse-data", BlobRequestJson.encode(request), MantleJsonValues::decodeBlobId);
    }

    @Override
    public Optional<BlobCommitments> commitments(BlobId blob, long session) {
        byte[] body = BlobRequestJson.encode(new BlobRequest.Commitments(blob, session));
        try {
            return http.ask("/da/get-commitments", body, BlobJson::decodeOptionalCommitments);
        } catch (NodeApiException e) {
            if (e.status() == 500 && e.body().contains(NOBODY_ANSWERED)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Optional<BlobCommitments> storedCommitments(BlobId blob) {
        BlobRequest request = new BlobRequest.StoredCommitments(blob);
        return get("/da/get-storage-commitments", request, BlobJson::decodeOptionalCommitments);
    }

    @Override
    public Optional<BlobShare> share(BlobId blob, int column) {
        if (column < 0 || column > 0xffff) {
            throw new IllegalArgumentException("column must be 0 to 65535 but was " + column);
        }
        return get("/da/get-share", new BlobRequest.Share(blob, column), BlobJson::decodeOptionalShare);
    }

    @Override
    public List<BlobShare> shares(BlobId blob) {
        return shares(new BlobRequest.Shares(blob, List.of(), List.of(), true));
    }

    @Override
    public List<BlobShare> shares(BlobRequest.Shares request) {
        try {
            return get("/da/sampling/shares", request, HttpBlobClient::readLines);
        } catch (NodeApiException e) {
            if (e.status() == 500 && e.body().contains(UNKNOWN_BLOB)) {
                return List.of();
            }
            throw e;
        }
    }

    private static List<BlobShare> readLines(byte[] body) {
        List<BlobShare> shares = new ArrayList<>();
        for (String line : new String(body, StandardCharsets.UTF_8).split("\n")) {
            if (!line.isBlank()) {
                BlobJson.decodeOptionalShare(line.getBytes(StandardCharsets.UTF_8))
                        .ifPresent(shares::add);
            }
        }
        return List.copyOf(shares);
    }

    @Override
    public void addShare(BlobCommitments commitments, BlobShare share) {
        byte[] body = BlobJson.encode(new BlobJson.FullShare(commitments, share));
        http.command("/da/add-share", body, AnswerShapes::nothing);
    }

    @Override
    public boolean blockPeer(String peerId) {
        return change("/da/block-peer", peerId);
    }

    @Override
    public boolean unblockPeer(String peerId) {
        return change("/da/unblock-peer", peerId);
    }

    private boolean change(String path, String peerId) {
        byte[] body = AnswerShapes.write(json -> json.writeString(peerId));
        return http.command(path, body, HttpBlobClient::readFlag);
    }

    private static Boolean readFlag(byte[] body) throws IOException {
        return AnswerFields.document(body).bool();
    }

    @Override
    public List<String> blockedPeers() {
        return http.get(
                "/da/blacklisted-peers", body -> AnswerFields.document(body).list(AnswerFields::text));
    }

    @Override
    public SortedMap<Integer, SubnetConnections> balancerStats() {
        return http.get("/da/balancer-stats", body -> {
            SortedMap<Integer, SubnetConnections> stats = new TreeMap<>();
            for (Map.Entry<String, AnswerFields> entry :
                    AnswerFields.document(body).fields()) {
                AnswerFields counts = entry.getValue();
                stats.put(
                        subnet(entry),
                        new SubnetConnections(
                                counts.field("inbound").unsigned(),
                                counts.field("outbound").unsigned()));
            }
            return stats;
        });
    }

    private static Integer subnet(Map.Entry<String, AnswerFields> entry) {
        try {
            return Integer.valueOf(entry.getKey());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "field '" + entry.getKey() + "': expected the number of a subnet as its name", e);
        }
    }

    @Override
    public SortedMap<String, PeerFailures> monitorStats() {
        return http.get("/da/monitor-stats", body -> {
            SortedMap<String, PeerFailures> stats = new TreeMap<>();
            for (Map.Entry<String, AnswerFields> entry :
                    AnswerFields.document(body).fields()) {
                AnswerFields rates = entry.getValue();
                stats.put(
                        entry.getKey(),
                        new PeerFailures(
                                rates.field("dispersal_failure_rate").id(BigDecimal::new),
                                rates.field("sampling_failure_rate").id(BigDecimal::new),
                                rates.field("replication_failure_rate").id(BigDecimal::new)));
            }
            return stats;
        });
    }

    @Override
    public BlobMembership membership(long session) {
        byte[] body = Long.toUnsignedString(session).getBytes(StandardCharsets.US_ASCII);
        return testing.ask("/test/da/membership", body, HttpBlobClient::readMembership);
    }

    private static BlobMembership readMembership(byte[] body) throws IOException {
        AnswerFields answer = AnswerFields.document(body);
        SortedMap<Integer, List<String>> subnets = new TreeMap<>();
        for (Map.Entry<String, AnswerFields> entry :
                answer.field("assignations").fields()) {
            subnets.put(subnet(entry), entry.getValue().list(AnswerFields::text));
        }
        SortedMap<String, String> addresses = new TreeMap<>();
        for (Map.Entry<String, AnswerFields> entry : answer.field("addressbook").fields()) {
            addresses.put(entry.getKey(), entry.getValue().text());
        }
        return new BlobMembership(subnets, addresses);
    }

    @Override
    public boolean historicSampling(HeaderId block, List<BlobRequest.Commitments> blobs) {
        byte[] body = BlobRequestJson.encode(new BlobRequest.Historic(block, blobs));
        return testing.ask("/test/da/historic-sampling", body, HttpBlobClient::readFlag);
    }
}
