package org.junitnomos.runner;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.BlobClient;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.client.FinalizedBlock;
import org.junitnomos.client.MempoolMetrics;
import org.junitnomos.client.NetworkInfo;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.client.NodeStream;
import org.junitnomos.client.TestingClient;
import org.junitnomos.client.TransactionStatus;
import org.junitnomos.client.WalletBalance;
import org.junitnomos.mantle.ApiBlock;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.mantle.ZkPublicKey;

/** A node that never leaves genesis. */
record ScriptedClient(String node, HeaderId genesis) implements NodeClient {
    @Override
    public NodeEndpoint endpoint() {
        return new NodeEndpoint(node, URI.create("http://" + node), null);
    }

    @Override
    public CryptarchiaInfo cryptarchiaInfo() {
        return new CryptarchiaInfo(genesis, genesis, 0, 0, "Online");
    }

    @Override
    public List<HeaderId> headers(@Nullable HeaderId from, @Nullable HeaderId to) {
        return List.of(genesis);
    }

    @Override
    public Optional<Block> block(HeaderId id) {
        return Optional.empty();
    }

    @Override
    public void submit(SignedMantleTx transaction) {
        throw new UnsupportedOperationException("submit");
    }

    @Override
    public MempoolMetrics mempoolMetrics() {
        throw new UnsupportedOperationException("mempoolMetrics");
    }

    @Override
    public List<TransactionStatus> transactionStatus(List<TxHash> transactions) {
        throw new UnsupportedOperationException("transactionStatus");
    }

    @Override
    public NetworkInfo networkInfo() {
        throw new UnsupportedOperationException("networkInfo");
    }

    @Override
    public Optional<WalletBalance> walletBalance(ZkPublicKey owner, @Nullable HeaderId tip) {
        throw new UnsupportedOperationException("walletBalance");
    }

    @Override
    public List<ApiBlock> blocks(long slotFrom, long slotTo) {
        throw new UnsupportedOperationException("blocks");
    }

    @Override
    public NodeStream<FinalizedBlock> libStream() {
        throw new UnsupportedOperationException("libStream");
    }

    @Override
    public NodeStream<ApiBlock> blockStream() {
        throw new NodeApiException("no stream", node, NodeApiException.Kind.STATUS, 404, "status 404", "", null);
    }

    @Override
    public BlobClient blobs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public TestingClient devControl() {
        throw new NodeApiException("no port", node, NodeApiException.Kind.STATUS, 404, "status 404", "", null);
    }

    @Override
    public NodeClient withTimeout(Duration timeout) {
        return this;
    }

    @Override
    public void close() {}
}
