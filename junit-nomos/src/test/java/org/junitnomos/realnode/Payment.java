package org.junitnomos.realnode;

import java.util.List;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.TxHash;

/**
 * What the first wallet of a cluster pays to itself, with a proof by the circuits.
 *
 * @param hash the id of its transaction
 */
public record Payment(TxHash hash) {
    /** Submits it to a node. */
    public static Payment submit(Deployment cluster, String node) {
        var wallet = cluster.genesis().wallets().get(0);
        var tx = MantleTx.of(
                List.of(), new LedgerTx(List.of(wallet.genesisNote()), List.of(new Note(100, wallet.owner()))));
        cluster.node(node).client().submit(cluster.genesis().signer().sign(tx, List.of(wallet.key())));
        return new Payment(tx.hash());
    }

    /** Whether it is in a block of the chain of a node. */
    public boolean isOn(Deployment cluster, String node) {
        var client = cluster.node(node).client();
        return client.headers(null, cluster.genesis().id()).stream()
                .flatMap(id -> client.block(id).map(Block::transactions).orElse(List.of()).stream())
                .anyMatch(each -> each.hash().equals(hash));
    }
}
