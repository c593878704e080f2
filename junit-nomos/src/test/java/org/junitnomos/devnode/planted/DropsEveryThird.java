package org.junitnomos.devnode.planted;

import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.DevNodeParts;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** Create nodes that accept every transaction but forget about every third, the same ones on every node. */
public record DropsEveryThird() implements NodeCoreFactory {
    @Override
    public NodeCore create(DevNodeConfig config, NodeStore store, Outbox outbox) {
        return new DevNode(config, store, outbox, DevNodeParts.standard().withMempool(Forgetful::new));
    }

    /**
     * Tell whether the nodes forget a transaction.
     *
     * @param hash its hash
     * @return whether they do
     */
    public static boolean forgets(TxHash hash) {
        return (hash.value().toLittleEndianBytes()[0] & 255) % 3 == 0;
    }

    private static final class Forgetful extends MempoolWrapper {
        @Override
        public boolean add(SignedMantleTx transaction, long nowMillis) {
            return forgets(transaction.hash()) || super.add(transaction, nowMillis);
        }
    }
}
