package org.junitnomos.devnode.da;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.ChannelBlob;
import org.junitnomos.mantle.Op;
import org.junitnomos.mantle.SignedMantleTx;

/**
 * A blob and the session whose members hold it.
 *
 * @param blob the blob
 * @param session the session, unsigned
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record BlobRef(BlobId blob, long session) {
    /** Lists each blob that transactions announce once, in order of their first announcement. */
    public static List<BlobRef> in(List<SignedMantleTx> transactions) {
        List<BlobRef> found = new ArrayList<>();
        for (SignedMantleTx transaction : transactions) {
            for (Op op : transaction.tx().ops()) {
                if (op instanceof ChannelBlob blob) {
                    BlobRef ref = new BlobRef(blob.blob(), blob.session());
                    if (!found.contains(ref)) {
                        found.add(ref);
                    }
                }
            }
        }
        return found;
    }
}
