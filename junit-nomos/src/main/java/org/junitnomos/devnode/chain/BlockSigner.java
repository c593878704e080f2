package org.junitnomos.devnode.chain;

import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.BlockRoot;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.Ed25519PublicKey;
import org.junitnomos.mantle.Ed25519Signature;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.Header;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.Memo;
import org.junitnomos.mantle.ProofOfLeadership;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/**
 * Signs blocks and checks their signatures: the leader key's signature of the header id. A real node signs its own
 * encoding of the header (node contract 2.9); no client checks either.
 *
 * <p>Thread-safe. Remembers which signatures of the last blocks are right, a bounded memo of a pure function, so that
 * the nodes of one JVM check each block once.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class BlockSigner {
    private static final int REMEMBERED = 512;
    private static final ProofOfLeadership PROOF = new ProofOfLeadership(
            new byte[ProofOfLeadership.PROOF_LENGTH], Fr.ZERO, Ed25519PrivateKey.ZERO.publicKey(), Fr.ZERO, null);
    private static final Memo<Signed, Boolean> RIGHT = Memo.ofLastAdded(REMEMBERED);

    private BlockSigner() {}

    private record Signed(Ed25519PublicKey key, HeaderId header, Ed25519Signature signature) {}

    /**
     * Builds and signs a block as a development build does.
     *
     * @param parent the block before it
     * @param slot its slot
     * @param transactions its transactions
     * @return the block
     */
    public static Block sign(HeaderId parent, long slot, List<SignedMantleTx> transactions) {
        List<TxHash> hashes = transactions.stream().map(SignedMantleTx::hash).toList();
        Header header = new Header(parent, slot, BlockRoot.of(hashes), PROOF);
        Ed25519Signature signature = Ed25519PrivateKey.ZERO.sign(header.id().toBytes());
        RIGHT.put(new Signed(Ed25519PrivateKey.ZERO.publicKey(), header.id(), signature), true);
        return new Block(header, signature, transactions);
    }

    /**
     * Checks the signature of a block.
     *
     * @param header its header
     * @param signature the signature
     * @return whether it is that of the leader key
     */
    public static boolean isSigned(Header header, Ed25519Signature signature) {
        Ed25519PublicKey key = header.proofOfLeadership().leaderKey();
        return RIGHT.get(
                new Signed(key, header.id(), signature),
                signed -> key.verify(signed.header().toBytes(), signed.signature()));
    }
}
