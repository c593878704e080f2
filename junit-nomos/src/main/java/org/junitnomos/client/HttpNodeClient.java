package org.junitnomos.client;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.ApiBlock;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.mantle.ZkPublicKey;

/** The one implementation of {@link NodeClient}; a transport is below it. */
final class HttpNodeClient implements NodeClient {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final String NOT_IN_WALLET = "could not be found in the wallet";

    private final NodeHttp http;
    private final HttpTestingClient devControl;
    private final HttpBlobClient blobs;
    private final LastAnswer<CryptarchiaInfo> lastInfo = new LastAnswer<>(AnswerShapes::cryptarchiaInfo);

    private HttpNodeClient(NodeHttp http) {
        this.http = http;
        this.devControl = new HttpTestingClient(http);
        this.blobs = new HttpBlobClient(http);
    }

    static NodeClient create(HttpTransport transport, OpenStreams streams, NodeAddress address) {
        return new HttpNodeClient(
                new NodeHttp(transport, streams, address, NodeAddress.Port.API, DEFAULT_TIMEOUT, new RouteTallies()));
    }

    @Override
    public NodeEndpoint endpoint() {
        return http.address().endpoint();
    }

    @Override
    public CryptarchiaInfo cryptarchiaInfo() {
        return http.get("/cryptarchia/info", lastInfo::read);
    }

    @Override
    public List<HeaderId> headers(@Nullable HeaderId from, @Nullable HeaderId to) {
        String path = "/cryptarchia/headers";
        if (from != null) {
            path += "?from=" + from.toHex();
        }
        if (to != null) {
            path += (from == null ? "?to=" : "&to=") + to.toHex();
        }
        return http.get(path, AnswerShapes::headerIds);
    }

    @Override
    public Optional<Block> block(HeaderId id) {
        Objects.requireNonNull(id, "id");
        byte[] body = AnswerShapes.write(json -> json.writeString(id.toHex()));
        return http.ask("/storage/block", body, MantleJson::decodeOptionalBlock);
    }

    @Override
    public void submit(SignedMantleTx transaction) {
        Objects.requireNonNull(transaction, "transaction");
        http.command("/mempool/add/tx", MantleJson.encode(transaction), AnswerShapes::nothing);
    }

    @Override
    public MempoolMetrics mempoolMetrics() {
        return http.get("/mantle/metrics", AnswerShapes::mempoolMetrics);
    }

    @Override
    public List<TransactionStatus> transactionStatus(List<TxHash> transactions) {
        Objects.requireNonNull(transactions, "transactions");
        byte[] body = AnswerShapes.write(json -> writeHashes(transactions, json));
        return http.ask("/mantle/status", body, answer -> AnswerShapes.statuses(answer, transactions.size()));
    }

    private static void writeHashes(List<TxHash> transactions, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (TxHash transaction : transactions) {
            json.writeString(Objects.requireNonNull(transaction, "an element of transactions")
                    .toHex());
        }
        json.writeEndArray();
    }

    @Override
    public NetworkInfo networkInfo() {
        return http.get("/network/info", AnswerShapes::networkInfo);
    }

    @Override
    public Optional<WalletBalance> walletBalance(ZkPublicKey owner, @Nullable HeaderId tip) {
        Objects.requireNonNull(owner, "owner");
        String query = tip == null ? "" : "?tip=" + tip.toHex();
        try {
            return Optional.of(http.get("/wallet/" + owner.toHex() + "/balance" + query, AnswerShapes::walletBalance));
        } catch (NodeApiException e) {
            // A plain 404 means that the node has no wallet route: an executor.
            if (e.status() == 404 && e.body().contains(NOT_IN_WALLET)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public List<ApiBlock> blocks(long slotFrom, long slotTo) {
        if (Long.compareUnsigned(slotTo, slotFrom) < 0) {
            throw new IllegalArgumentException("slotTo " + Long.toUnsignedString(slotTo) + " is before slotFrom "
                    + Long.toUnsignedString(slotFrom) + "; a node panics on such a range");
        }
        String path = "/cryptarchia/blocks?slot_from=" + Long.toUnsignedString(slotFrom) + "&slot_to="
                + Long.toUnsignedString(slotTo);
        return http.get(path, MantleJson::decodeApiBlocks);
    }

    @Override
    public NodeStream<FinalizedBlock> libStream() {
        return http.stream("/cryptarchia/lib-stream", AnswerShapes::finalizedBlock);
    }

    @Override
    public NodeStream<ApiBlock> blockStream() {
        return http.stream("/cryptarchia/blocks/stream", MantleJson::decodeApiBlock);
    }

    @Override
    public BlobClient blobs() {
        return blobs;
    }

    @Override
    public TestingClient devControl() {
        return devControl;
    }

    @Override
    public NodeClient withTimeout(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive but was " + timeout);
        }
        return new HttpNodeClient(http.with(NodeAddress.Port.API, timeout));
    }

    @Override
    public List<RouteTally> takeTallies() {
        return http.tallies().take();
    }

    @Override
    public void close() {
        http.streams().close();
    }

    @Override
    public String toString() {
        return "NodeClient[" + http.address() + "]";
    }
}
