package org.junitnomos.workload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.scenario.RunContext;

/** Drives one {@link DataAvailabilityWorkload} through one run: opens the channels, each on a thread of its own. */
final class DataAvailabilityDriver {
    private static final byte[] PREFIX = "nomos-da".getBytes(StandardCharsets.US_ASCII);

    private final RunContext run;
    private final DataAvailabilityWorkload workload;
    private final BlockFeed feed;
    private final ChannelTips tips = new ChannelTips();

    DataAvailabilityDriver(RunContext run, DataAvailabilityWorkload workload) {
        this.run = run;
        this.workload = workload;
        this.feed = run.feed();
    }

    void drive() throws Exception {
        int channels = workload.channelsIn(run.scenario());
        var pace = new BlobPace(workload.blobRate(), channels, feed.height());
        var load = new BlobLoad(run, workload.name(), pace);
        var publisher = new BlobPublisher(run, workload.name(), workload.concurrentDispersals());
        var around = new BlobChannel.Surroundings(tips, pace, load, publisher, signers());
        load.enter();
        try (var subscription = feed.onChain(tips::accept)) {
            int opened = 0;
            long height = feed.height();
            while (run.isDriving()) {
                for (int i = 0; i < workload.channelRate() && opened < channels; i++) {
                    open(opened++, around);
                }
                NextBlock.await(run, height + 1);
                height = Math.max(height, feed.height());
            }
        } finally {
            load.leave();
        }
    }

    private void open(int number, BlobChannel.Surroundings around) {
        var channel = new BlobChannel(run, workload, around, number, channelId(run, workload.name(), number));
        run.spawn(workload.name() + " channel " + number, channel::drive);
    }

    /** The id of a channel: a prefix that tells whose it is, eight drawn bytes, zeros, and its number. */
    private static ChannelId channelId(RunContext run, String workload, int number) {
        var bytes = ByteBuffer.allocate(ChannelId.LENGTH);
        bytes.put(PREFIX);
        bytes.putLong(run.random(workload + " channels").nextLong());
        bytes.putLong(ChannelId.LENGTH - Long.BYTES, number);
        return ChannelId.of(bytes.array());
    }

    /** The key of the executors first: it signs every blob. */
    private List<Ed25519PrivateKey> signers() {
        var random = run.random(workload.name() + " signers");
        var keys = new ArrayList<>(List.of(Ed25519PrivateKey.ZERO));
        while (keys.size() < workload.signers()) {
            var seed = new byte[ChannelId.LENGTH];
            random.nextBytes(seed);
            keys.add(Ed25519PrivateKey.fromSeed(seed));
        }
        return keys;
    }
}
