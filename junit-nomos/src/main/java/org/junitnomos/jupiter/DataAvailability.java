package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.workload.ChannelStart;
import org.junitnomos.workload.DataAvailabilityWorkload;

/**
 * Opens channels and publishes blobs on them while the run is driven; see {@link DataAvailabilityWorkload}.
 *
 * <p>Needs an executor: {@code @Topology(executors = 1)} or more.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Workload(DataAvailabilityWorkload.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface DataAvailability {
    /**
     * Blobs per block, over all channels; 1 to 256.
     *
     * @return the rate
     */
    int blobRate() default 2;

    /**
     * Channels opened per block until there are enough; 1 to 256.
     *
     * @return the rate
     */
    int channelRate() default 1;

    /**
     * Number of channels, 1 to 1024. A channel carries one blob at a time, for about 8 s and two blocks.
     *
     * @return the number; {@link DataAvailabilityWorkload#AS_NEEDED} for as many as the blob rate takes
     */
    int channels() default DataAvailabilityWorkload.AS_NEEDED;

    /**
     * How many more channels there are than the blob rate takes, in percent; 0 to 1000. No meaning with
     * {@link #channels()}.
     *
     * @return the headroom
     */
    int headroomPercent() default DataAvailabilityWorkload.DEFAULT_HEADROOM;

    /**
     * Blobs that an executor disperses at the same time, 1 to 256; others wait until it answered. Real nodes break the
     * streams of replication of two blobs now and then, and then disperse no more.
     *
     * @return the number
     */
    int concurrentDispersals() default 1;

    /**
     * Lengths of blobs in bytes, each drawn as often as the others: multiples of 31, at most
     * {@link DataAvailabilityWorkload#MAX_SIZE}.
     *
     * @return the lengths
     */
    int[] sizes() default {31, 62, 124, 248};

    /**
     * What opens a channel.
     *
     * @return the choice
     */
    ChannelStart start() default ChannelStart.INSCRIPTION;

    /**
     * Keys that may write to each channel that an inscription opens; 1 to 255. Nodes sign all blobs with one of them.
     *
     * @return the number
     */
    int signers() default 1;

    /**
     * Whether the workload brings {@link ExpectBlobInclusion}, with limits that follow the plan, if the class names
     * none.
     *
     * @return true unless nobody is to judge it
     */
    boolean judged() default true;
}
