package org.junitnomos.client;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.ApiBlock;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.mantle.ZkPublicKey;

/** The one implementation of {@link NodeClient}; sockets or a transport are below it. */
final class HttpNodeClient implements NodeClient {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final String NOT_IN_WALLET = "could not be found in the wallet";

    private final NodeAddress address;
    private final NodeHttp http;
    private final OpenStreams streams;
    private final AtomicBoolean closed;
    private final HttpTestingClient devControl;
    private final HttpBlobClient blobs;
    private final FixedRequest cryptarchiaInfo;
    private final FixedRequest mempoolMetrics;
    private final FixedRequest networkInfo;

    private HttpNodeClient(NodeAddress address, NodeHttp http, AtomicBoolean closed, OpenStreams streams) {
        this.address = address;
        this.http = http;
        this.closed = closed;
        this.streams = streams;
        this.devControl = new HttpTestingClient(this, address, http);
        this.blobs = new HttpBlobClient(this, address, http);
        this.cryptarchiaInfo = new FixedRequest(http, "/cryptarchia/info");
        this.mempoolMetrics = new FixedRequest(http, "/mantle/metrics");
        this.networkInfo = new FixedRequest(http, "/network/info");
    }

    static NodeClient create(HttpStack stack, NodeAddress address) {
        if (stack.isClosed()) {
            throw new IllegalStateException(
                    "cannot make a client of node '" + address.node() + "': the NodeClients were closed");
        }
        NodeHttp http = new NodeHttp(stack, address, NodeAddress.Port.API, DEFAULT_TIMEOUT);
        return new HttpNodeClient(address, http, new AtomicBoolean(), new OpenStreams(stack.streams()));
    }

    @Override
    public NodeEndpoint endpoint() {
        return address.endpoint();
    }

    @Override
    public CryptarchiaInfo cryptarchiaInfo() {
        return exchange(cryptarchiaInfo.now(), AnswerShapes::cryptarchiaInfo);
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
        return exchange(http.get(path), AnswerShapes::headerIds);
    }

    @Override
    public Optional<Block> block(HeaderId id) {
        Objects.requireNonNull(id, "id");
        byte[] body = AnswerShapes.write(json -> json.writeString(id.toHex()));
        return exchange(http.post("/storage/block", JsonBody.question(body)), MantleJson::decodeOptionalBlock);
    }

    @Override
    public void submit(SignedMantleTx transaction) {
        Objects.requireNonNull(transaction, "transaction");
        JsonBody body = JsonBody.command(MantleJson.encode(transaction));
        exchange(http.post("/mempool/add/tx", body), AnswerShapes::nothing);
    }

    @Override
    public MempoolMetrics mempoolMetrics() {
        return exchange(mempoolMetrics.now(), AnswerShapes::mempoolMetrics);
    }

    @Override
    public List<TransactionStatus> transactionStatus(List<TxHash> transactions) {
        Objects.requireNonNull(transactions, "transactions");
        byte[] body = AnswerShapes.write(json -> writeHashes(transactions, json));
        return exchange(
                http.post("/mantle/status", JsonBody.question(body)),
                answer -> AnswerShapes.statuses(answer, transactions.size()));
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
        return exchange(networkInfo.now(), AnswerShapes::networkInfo);
    }

    @Override
    public Optional<WalletBalance> walletBalance(ZkPublicKey owner, @Nullable HeaderId tip) {
        Objects.requireNonNull(owner, "owner");
        String query = tip == null ? "" : "?tip=" + tip.toHex();
        try {
            return Optional.of(
                    exchange(http.get("/wallet/" + owner.toHex() + "/balance" + query), AnswerShapes::walletBalance));
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
        return exchange(http.get(path), MantleJson::decodeApiBlocks);
    }

    @Override
    public NodeStream<FinalizedBlock> libStream() {
        return stream("/cryptarchia/lib-stream", AnswerShapes::finalizedBlock);
    }

    @Override
    public NodeStream<ApiBlock> blockStream() {
        return stream("/cryptarchia/blocks/stream", MantleJson::decodeApiBlock);
    }

    private <T> NodeStream<T> stream(String path, NodeHttp.Reader<T> reader) {
        checkOpen();
        return http.stack().sockets()
                ? SocketStream.open(http, path, reader, streams)
                : TransportStream.open(http, path, reader, streams);
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
        NodeHttp limited = new NodeHttp(http.stack(), address, NodeAddress.Port.API, timeout);
        return new HttpNodeClient(address, limited, closed, streams);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            streams.close();
        }
    }

    void checkOpen() {
        if (closed.get() || http.stack().isClosed()) {
            throw ExchangeFailures.closed(address.node());
        }
    }

    private <T> T exchange(Request request, NodeHttp.Reader<T> reader) {
        checkOpen();
        return http.exchange(request, reader);
    }

    @Override
    public String toString() {
        return "NodeClient[" + address + "]";
    }
}
