package org.junitnomos.workload;

import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.expectation.BlobInclusion;
import org.junitnomos.mantle.BlobCoding;
import org.junitnomos.scenario.Effect;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.PlanTerm;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WorkloadGenerator;

/**
 * Opens channels and publishes blobs on them through the executors, at a rate per block.
 *
 * <p>A channel carries one blob at a time: the next one follows once the last one is on the reference chain of the
 * block feed, with the tip of the channel as found there as its parent. So the rate takes several channels. An executor
 * that refuses a blob or cannot be reached is asked again after 2 s, the running executors in turn, five times in all
 * (node contract 3.6); then the blob is given up, and on record as refused. A blob that a reorg took off the chain, or
 * that does not get there, is submitted again on the tip that the channel then has. No blob is forgotten until it is
 * irreversible.
 *
 * <p>Channels look for a block at the same moment, and would hand in their next blobs at the same moment, too. An
 * executor gets one after the other, unless {@code concurrentDispersals} says otherwise: real nodes break the streams
 * of replication of two blobs now and then, and then disperse no more.
 *
 * <p>A node signs every blob with the key of the all-zero seed, whatever it is asked for (node contract 1.4). So that
 * key may write to every channel; further signers sign inscriptions only.
 *
 * @param blobRate blobs per block, over all channels; 1 to 256
 * @param channelRate channels opened per block until there are enough; 1 to 256
 * @param channels number of channels, 1 to 1024; {@link #AS_NEEDED} for as many as the blob rate takes
 * @param headroomPercent how many more channels than that, in percent; 0 to 1000; no meaning with a number of channels
 * @param concurrentDispersals blobs that an executor disperses at the same time, others wait; 1 to 256
 * @param sizes lengths of blobs in bytes, each drawn as often as the others; multiples of 31, at most
 *     {@value #MAX_SIZE}
 * @param start what opens a channel
 * @param signers keys that may write to each channel that an inscription opens; 1 to 255
 * @param judged whether the workload brings a {@link BlobInclusion}, if the plan names none
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record DataAvailabilityWorkload(
        int blobRate,
        int channelRate,
        int channels,
        int headroomPercent,
        int concurrentDispersals,
        List<Integer> sizes,
        ChannelStart start,
        int signers,
        boolean judged)
        implements WorkloadGenerator {
    /** Number of channels that stands for as many as the blob rate takes. */
    public static final int AS_NEEDED = 0;

    /** Headroom of channels by default, in percent. */
    public static final int DEFAULT_HEADROOM = 20;

    /** Longest blob in bytes that fits into the messages of a node with two columns (node contract 4.2). */
    public static final int MAX_SIZE = 21_142;

    private static final int MOST_PER_BLOCK = 256;
    private static final int MOST_CHANNELS = 1024;
    private static final int MOST_DISPERSALS = 256;
    private static final int MOST_SIGNERS = 255;

    /** Time from handing in a blob to the block after it: sampling begins 5 s later (node contract 4.3). */
    private static final double SECONDS_TO_BLOCK = 8;

    public DataAvailabilityWorkload {
        sizes = List.copyOf(sizes);
        Objects.requireNonNull(start, "start");
    }

    /** Publishes 2 blobs per block, on as many channels as that takes, opened one per block. */
    public DataAvailabilityWorkload() {
        this(2);
    }

    /**
     * Publishes blobs on as many channels as that takes, opened one per block.
     *
     * @param blobRate blobs per block
     */
    public DataAvailabilityWorkload(int blobRate) {
        this(blobRate, 1, AS_NEEDED, DEFAULT_HEADROOM, 1, defaultSizes(), ChannelStart.INSCRIPTION, 1, true);
    }

    /**
     * Returns the lengths of blobs by default: one, two, four and eight elements of 31 bytes.
     *
     * @return lengths in bytes
     */
    public static List<Integer> defaultSizes() {
        int element = BlobCoding.ELEMENT_LENGTH;
        return List.of(element, 2 * element, 4 * element, 8 * element);
    }

    /**
     * Begins to set the workload up, with what {@link #DataAvailabilityWorkload()} has.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String name() {
        return "data availability";
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (scenario.topology().executors() < 1) {
            problems.given(PlanTerm.EXECUTORS)
                    .add(
                            "used without an executor",
                            "at least 1 executor, because only executors disperse blobs",
                            "Raise " + problems.name(PlanTerm.EXECUTORS));
        }
        range(problems, "blobRate", blobRate, 1, MOST_PER_BLOCK, "blobs per block");
        range(problems, "channelRate", channelRate, 1, MOST_PER_BLOCK, "channels per block");
        if (channels != AS_NEEDED) {
            range(problems, "channels", channels, 1, MOST_CHANNELS, "channels");
        }
        range(problems, "headroomPercent", headroomPercent, 0, 1000, "percent");
        range(problems, "concurrentDispersals", concurrentDispersals, 1, MOST_DISPERSALS, "blobs");
        range(problems, "signers", signers, 1, MOST_SIGNERS, "signers");
        if (sizes.isEmpty()) {
            problems.add("sizes", "empty", "at least one length in bytes", "Name a length such as 31");
        }
        for (int size : sizes) {
            if (size < BlobCoding.ELEMENT_LENGTH || size > MAX_SIZE || size % BlobCoding.ELEMENT_LENGTH != 0) {
                problems.add(
                        "sizes",
                        size,
                        "multiples of " + BlobCoding.ELEMENT_LENGTH + " from " + BlobCoding.ELEMENT_LENGTH + " to "
                                + MAX_SIZE + " bytes",
                        "Change the length");
            }
        }
    }

    private static void range(Problems problems, String component, int value, int least, int most, String unit) {
        if (value < least || value > most) {
            problems.add(component, value, least + " to " + most + " " + unit, value < least ? "Raise it" : "Lower it");
        }
    }

    @Override
    public long plannedTransactions(Scenario scenario) {
        return (long) blobRate * scenario.expectedBlocks();
    }

    /**
     * Computes how many channels a run opens: a blob takes about 8 s to the chain and two blocks more, and a channel
     * carries one at a time.
     *
     * @param scenario the plan
     * @return the number of channels, 1 or more
     */
    public int channelsIn(Scenario scenario) {
        if (channels != AS_NEEDED) {
            return channels;
        }
        double slot = scenario.topology().consensus().slotDuration().toNanos() / 1e9;
        double chance = scenario.chanceOfBlock();
        double blocks = 2 + SECONDS_TO_BLOCK * chance / slot;
        double needed = blobRate * blocks * (100 + headroomPercent) / 100;
        return (int) Math.max(1, Math.min(MOST_CHANNELS, StrictMath.ceil(needed)));
    }

    @Override
    public List<Effect> effects() {
        return List.of(Effect.BLOBS);
    }

    @Override
    public List<Expectation> expectations(Scenario scenario) {
        return judged ? List.of(BlobInclusion.in(scenario)) : List.of();
    }

    @Override
    public void drive(RunContext run) throws Exception {
        new DataAvailabilityDriver(run, this).drive();
    }

    /** Sets the workload up, setting by setting; wrong settings are told when the plan is checked. */
    public static final class Builder {
        private int blobRate = 2;
        private int channelRate = 1;
        private int channels = AS_NEEDED;
        private int headroomPercent = DEFAULT_HEADROOM;
        private int concurrentDispersals = 1;
        private List<Integer> sizes = defaultSizes();
        private ChannelStart start = ChannelStart.INSCRIPTION;
        private int signers = 1;
        private boolean judged = true;

        private Builder() {}

        /**
         * Sets the blobs per block.
         *
         * @param value 1 to 256
         * @return this builder
         */
        public Builder blobRate(int value) {
            blobRate = value;
            return this;
        }

        /**
         * Sets the channels opened per block.
         *
         * @param value 1 to 256
         * @return this builder
         */
        public Builder channelRate(int value) {
            channelRate = value;
            return this;
        }

        /**
         * Sets the number of channels.
         *
         * @param value 1 to 1024, or {@link #AS_NEEDED}
         * @return this builder
         */
        public Builder channels(int value) {
            channels = value;
            return this;
        }

        /**
         * Sets how many more channels there are than the blob rate takes.
         *
         * @param value percent, 0 to 1000
         * @return this builder
         */
        public Builder headroomPercent(int value) {
            headroomPercent = value;
            return this;
        }

        /**
         * Sets how many blobs an executor disperses at the same time.
         *
         * @param value 1 to 256
         * @return this builder
         */
        public Builder concurrentDispersals(int value) {
            concurrentDispersals = value;
            return this;
        }

        /**
         * Sets the lengths of blobs.
         *
         * @param value lengths in bytes, multiples of 31
         * @return this builder
         */
        public Builder sizes(Integer... value) {
            sizes = List.of(value);
            return this;
        }

        /**
         * Sets what opens a channel.
         *
         * @param value the choice
         * @return this builder
         */
        public Builder start(ChannelStart value) {
            start = value;
            return this;
        }

        /**
         * Sets the keys that may write to each channel.
         *
         * @param value 1 to 255
         * @return this builder
         */
        public Builder signers(int value) {
            signers = value;
            return this;
        }

        /**
         * Says whether the workload brings an expectation that judges it, if the plan names none.
         *
         * @param value true by default
         * @return this builder
         */
        public Builder judged(boolean value) {
            judged = value;
            return this;
        }

        /**
         * Builds the workload.
         *
         * @return a value
         */
        public DataAvailabilityWorkload build() {
            return new DataAvailabilityWorkload(
                    blobRate,
                    channelRate,
                    channels,
                    headroomPercent,
                    concurrentDispersals,
                    sizes,
                    start,
                    signers,
                    judged);
        }
    }
}
