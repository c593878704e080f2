package org.junitnomos.devnode.defect;

import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.LeaderRules;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.devnode.chain.ChainBlock;
import org.junitnomos.devnode.chain.ChainParameters;
import org.junitnomos.devnode.chain.ForkChoice;
import org.junitnomos.devnode.da.DaRules;
import org.junitnomos.devnode.da.StoredShare;
import org.junitnomos.devnode.mempool.Mempool;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** Parts of a node that pass every call on to another one, which may change. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Passing {
    private Passing() {}

    /** A leader. */
    static class Leader implements LeaderRules {
        LeaderRules right;

        Leader(LeaderRules right) {
            this.right = right;
        }

        @Override
        public boolean leads(boolean wins) {
            return right.leads(wins);
        }

        @Override
        public ChainBlock parent(ChainBlock tip) {
            return right.parent(tip);
        }

        @Override
        public long slot(long current) {
            return right.slot(current);
        }

        @Override
        public List<SignedMantleTx> transactions(List<SignedMantleTx> valid) {
            return right.transactions(valid);
        }

        @Override
        public List<Block> blocks(Block made) {
            return right.blocks(made);
        }
    }

    /** A fork choice. */
    static class Choice implements ForkChoice {
        ForkChoice right;

        Choice(ForkChoice right) {
            this.right = right;
        }

        @Override
        public boolean prefers(ChainBlock candidate, ChainBlock tip, ChainParameters parameters, boolean online) {
            return right.prefers(candidate, tip, parameters, online);
        }

        @Override
        public int branchDepth(ChainParameters parameters) {
            return right.branchDepth(parameters);
        }
    }

    /** A mempool. */
    static class Pool implements Mempool {
        Mempool right;

        Pool(Mempool right) {
            this.right = right;
        }

        @Override
        public boolean add(SignedMantleTx transaction, long nowMillis) {
            return right.add(transaction, nowMillis);
        }

        @Override
        public @Nullable SignedMantleTx find(TxHash hash) {
            return right.find(hash);
        }

        @Override
        public List<SignedMantleTx> pending() {
            return right.pending();
        }

        @Override
        public void prune(TxHash hash) {
            right.prune(hash);
        }

        @Override
        public void include(HeaderId block, List<SignedMantleTx> transactions) {
            right.include(block, transactions);
        }

        @Override
        public void settle(List<SignedMantleTx> transactions) {
            right.settle(transactions);
        }

        @Override
        public Status status(TxHash hash) {
            return right.status(hash);
        }

        @Override
        public int pendingCount() {
            return right.pendingCount();
        }

        @Override
        public long lastAddedMillis() {
            return right.lastAddedMillis();
        }
    }

    /** Decisions about shares. */
    static class Shares implements DaRules {
        DaRules right;

        Shares(DaRules right) {
            this.right = right;
        }

        @Override
        public boolean verifies(BlobCommitments commitments, BlobShare share) {
            return right.verifies(commitments, share);
        }

        @Override
        public boolean keeps(BlobCommitments commitments, BlobShare share) {
            return right.keeps(commitments, share);
        }

        @Override
        public boolean admits(boolean sampled) {
            return right.admits(sampled);
        }
    }

    /** A store. */
    static class Store implements NodeStore {
        NodeStore right;

        Store(NodeStore right) {
            this.right = right;
        }

        @Override
        public void append(Block block) {
            right.append(block);
        }

        @Override
        public List<Block> blocks() {
            return right.blocks();
        }

        @Override
        public void append(StoredShare share) {
            right.append(share);
        }

        @Override
        public List<StoredShare> shares() {
            return right.shares();
        }

        @Override
        public void append(OwnBlock block) {
            right.append(block);
        }

        @Override
        public List<OwnBlock> ownBlocks() {
            return right.ownBlocks();
        }
    }

    /** What takes messages and lines of the log. */
    static class Out implements Outbox {
        Outbox right;

        Out(Outbox right) {
            this.right = right;
        }

        @Override
        public void send(String peer, PeerMessage message, long delayNanos) {
            right.send(peer, message, delayNanos);
        }

        @Override
        public void renew(String peer) {
            right.renew(peer);
        }

        @Override
        public void log(String level, String text) {
            right.log(level, text);
        }
    }

    /** A whole node. */
    public abstract static class Core implements NodeCore {
        /** Gets all calls that are not overridden. */
        protected NodeCore right;

        /** Passes calls on to a node. */
        protected Core(NodeCore right) {
            this.right = right;
        }

        @Override
        public void start(long now) {
            right.start(now);
        }

        @Override
        public long nextTick(long now) {
            return right.nextTick(now);
        }

        @Override
        public void tick(long now) {
            right.tick(now);
        }

        @Override
        public void receive(String peer, PeerMessage message, long now) {
            right.receive(peer, message, now);
        }

        @Override
        public ApiResponse handle(ApiRequest request, long now) {
            return right.handle(request, now);
        }

        @Override
        public ApiResponse handleTesting(ApiRequest request, long now) {
            return right.handleTesting(request, now);
        }

        @Override
        public void stop() {
            right.stop();
        }
    }
}
