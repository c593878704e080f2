package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.BlobInclusion;

/**
 * Expects that channels are opened and blobs announced on the chain; see {@link BlobInclusion}.
 *
 * <p>Needs a workload that publishes blobs, for example {@link DataAvailability}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(BlobInclusion.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectBlobInclusion {
    /**
     * Share of the channels opened by an inscription that must be on the chain, in percent; 1 to 100.
     *
     * @return the share
     */
    int inscriptionsPercent() default BlobInclusion.DEFAULT_INSCRIPTIONS;

    /**
     * Share of the blobs that must be announced on the chain, in percent; 1 to 100.
     *
     * @return the share
     */
    int blobsPercent() default BlobInclusion.DEFAULT_BLOBS;

    /**
     * Blocks that an inscription or a blob has from the time it was submitted first; at least 1.
     *
     * @return the number of blocks
     */
    int withinBlocks() default BlobInclusion.DEFAULT_WITHIN_BLOCKS;

    /**
     * Share of the due inscriptions, and of the due blobs, that nodes must have accepted for a pass, in percent; 0 to
     * 100.
     *
     * @return the share
     */
    int deliveredPercent() default BlobInclusion.DEFAULT_DELIVERED;
}
