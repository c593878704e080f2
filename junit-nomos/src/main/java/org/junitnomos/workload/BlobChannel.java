package org.junitnomos.workload;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.scenario.RunContext;

/**
 * The story of one channel, told by its own thread: open it, publish a blob when one is due, wait until it is on the
 * chain, and look after everything that is not irreversible yet, oldest first.
 */
final class BlobChannel {
    /** Blocks to wait, after the tip moved elsewhere, before what is missing is submitted on it. */
    private static final int PATIENCE_BLOCKS = 2;

    /** What must pass before a message that still fits the tip is submitted again. */
    private static final int STALE_BLOCKS = 8;

    private static final Duration STALE = Duration.ofSeconds(20);

    private final RunContext run;
    private final DataAvailabilityWorkload workload;
    private final Surroundings around;
    private final int number;
    private final ChannelId channel;
    private final Random random;
    private final int securityParameter;
    private final Deque<PendingMessage> open = new ArrayDeque<>();
    private MsgId lastTip = MsgId.ZERO;
    private long tipSince;

    /** What the channels of a run share. */
    record Surroundings(
            ChannelTips tips, BlobPace pace, BlobLoad load, BlobPublisher publisher, List<Ed25519PrivateKey> signers) {
        Surroundings {
            signers = List.copyOf(signers);
        }
    }

    BlobChannel(RunContext run, DataAvailabilityWorkload workload, Surroundings around, int number, ChannelId channel) {
        this.run = run;
        this.workload = workload;
        this.around = around;
        this.number = number;
        this.channel = channel;
        this.random = run.random(workload.name() + " channel " + number);
        var consensus = run.scenario().topology().consensus();
        this.securityParameter = consensus.securityParameter();
    }

    void drive() throws InterruptedException {
        around.load().enter();
        try {
            tell();
        } finally {
            open.forEach(around.load()::gaveUp);
            around.load().leave();
        }
    }

    private void tell() throws InterruptedException {
        if (workload.start().inscribes(number)) {
            var text = "channel " + number + " of " + workload.name();
            submit(new PendingMessage(text.getBytes(StandardCharsets.UTF_8), true));
        }
        long height = run.feed().height();
        while (run.isDriving()) {
            followTip();
            forgetFinal();
            var missing = firstMissing();
            if (missing != null) {
                lookAfter(missing);
            } else if (around.pace().take(run.feed().height())) {
                submit(new PendingMessage(nextBytes(), false));
                continue;
            }
            NextBlock.await(run, height + 1);
            height = Math.max(height, run.feed().height());
        }
    }

    private byte[] nextBytes() {
        var bytes =
                new byte[workload.sizes().get(random.nextInt(workload.sizes().size()))];
        random.nextBytes(bytes);
        return bytes;
    }

    private void followTip() {
        var tip = around.tips().tip(channel);
        if (!tip.equals(lastTip)) {
            lastTip = tip;
            tipSince = run.feed().height();
        }
    }

    private void forgetFinal() {
        long last = run.feed().height() - securityParameter;
        while (!open.isEmpty()) {
            long height = open.getFirst().heightIn(around.tips());
            if (height == ChannelTips.NOT_THERE || height > last) {
                return;
            }
            open.removeFirst();
        }
    }

    private @Nullable PendingMessage firstMissing() {
        for (var each : open) {
            if (each.heightIn(around.tips()) == ChannelTips.NOT_THERE) {
                return each;
            }
        }
        return null;
    }

    private void lookAfter(PendingMessage missing) throws InterruptedException {
        if (!missing.inscription && !missing.pooled) {
            around.publisher().lookInPool(missing, channel, around.tips().session());
        }
        long height = run.feed().height();
        boolean moved = !missing.parent.equals(lastTip);
        boolean due = moved
                ? height >= Math.max(tipSince, missing.sinceHeight) + PATIENCE_BLOCKS
                : height >= missing.sinceHeight + STALE_BLOCKS
                        && run.clock().now().toNanos() >= missing.sinceNanos + STALE.toNanos();
        if (due && !moved && missing.pooled) {
            moveTip(missing, height);
        } else if (due) {
            open.remove(missing);
            if (moved) {
                run.note(
                        workload.name(),
                        "channel " + number + " hands in again what lost its place: the tip is " + lastTip.toHex()
                                + ", no longer " + missing.parent.toHex());
            }
            submit(missing, true);
        }
    }

    /**
     * A node samples the blobs of a transaction once, and takes no transaction of a block that was left again: only
     * another transaction helps, and the same bytes are one once the channel has another end (node contract 1.4, 4.3).
     */
    private void moveTip(PendingMessage missing, long height) throws InterruptedException {
        run.note(
                workload.name(),
                "channel " + number + " writes a message after " + lastTip.toHex() + ", so that a blob that is in no"
                        + " block gets another transaction: nodes sample each one once");
        var text = "channel " + number + " moves on at height " + height;
        around.publisher().move(channel, lastTip, text.getBytes(StandardCharsets.UTF_8), around.signers());
        missing.sinceHeight = height;
        missing.sinceNanos = run.clock().now().toNanos();
    }

    private void submit(PendingMessage message) throws InterruptedException {
        submit(message, false);
    }

    /** Submits on the tip of the channel; what no executor takes is given up, and on record as that. */
    private void submit(PendingMessage message, boolean first) throws InterruptedException {
        message.parent = around.tips().tip(channel);
        boolean taken;
        if (message.inscription) {
            var key = around.signers().get(number % around.signers().size());
            taken = around.publisher().inscribe(message, channel, key, around.signers());
        } else {
            taken = around.publisher().publish(message, channel);
        }
        message.sinceHeight = run.feed().height();
        message.sinceNanos = run.clock().now().toNanos();
        if (first) {
            around.load().laterTry(message, taken);
        } else {
            around.load().firstTry(message, taken);
        }
        if (taken || message.inscription || first) {
            if (first) {
                open.addFirst(message);
            } else {
                open.addLast(message);
            }
        }
    }
}
