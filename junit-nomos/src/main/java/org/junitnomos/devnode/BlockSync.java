package org.junitnomos.devnode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.chain.Chain;
import org.junitnomos.devnode.chain.ChainBlock;
import org.junitnomos.devnode.da.BlobRef;
import org.junitnomos.devnode.da.DataAvailabilityService;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;

/**
 * Fetches orphans, blocks whose parents are missing, with all that leads to them (node contract 3.5): one after the
 * other, while at most five wait. Asks the peer that told of it, and in its place up to two others if nobody answers;
 * any other failure drops the orphan, and the next proposal with a missing parent begins anew.
 */
final class BlockSync {
    /** A real node waits up to 60 s, but it notices at once that a connection is closed. */
    static final long TIMEOUT_NANOS = 5_000_000_000L;

    private static final int MAX_PEERS = 3;
    private static final int MAX_WAITING = 5;

    private final LinkQualities links;
    private final Chain chain;
    private final BlockIntake intake;
    private final DataAvailabilityService availability;
    private final BlobCheck blobs;
    private final Timers timers;
    private final NodeLog log;
    private final Map<HeaderId, String> waiting = new LinkedHashMap<>();
    private @Nullable Download active;

    /** The state of fetching one block. */
    private static final class Download {
        private final HeaderId target;
        private final Set<String> tried = new LinkedHashSet<>();
        private String peer;
        private int reachedHeight = -1;
        private @Nullable HeaderId reached;
        private long request;
        private boolean answered;
        private boolean sampling;
        private @Nullable HeaderId sampled;

        Download(HeaderId target, String announcer) {
            this.target = target;
            this.peer = announcer;
        }
    }

    BlockSync(
            LinkQualities links,
            Chain chain,
            BlockIntake intake,
            DataAvailabilityService availability,
            BlobCheck blobs,
            Timers timers,
            NodeLog log) {
        this.links = links;
        this.chain = chain;
        this.intake = intake;
        this.availability = availability;
        this.blobs = blobs;
        this.timers = timers;
        this.log = log;
    }

    /** Fetches a block and everything before it, first from the peer that told of it; ignores it if five wait. */
    void fetch(HeaderId target, String announcer, long now) {
        boolean isActive = active != null && active.target.equals(target);
        if (isActive || waiting.containsKey(target) || intake.isInvalid(target)) {
            return;
        }
        if (waiting.size() == MAX_WAITING) {
            log.debug("Ignored orphan " + target + ": " + MAX_WAITING + " others wait.");
            return;
        }
        waiting.put(target, announcer);
        startNext(now);
    }

    private void startNext(long now) {
        while (active == null && !waiting.isEmpty()) {
            Map.Entry<HeaderId, String> next = waiting.entrySet().iterator().next();
            waiting.remove(next.getKey());
            if (chain.find(next.getKey()) == null && !intake.isInvalid(next.getKey())) {
                active = new Download(next.getKey(), next.getValue());
                ask(active, next.getValue(), now);
            }
        }
    }

    private void ask(Download download, String peer, long now) {
        download.peer = peer;
        download.tried.add(peer);
        long request = ++download.request;
        Link link = links.find(peer);
        if (link != null) {
            links.send(link, new PeerMessage.BlockRequest(download.target, known(download)), now);
        }
        long due = now + TIMEOUT_NANOS;
        timers.at(due, () -> {
            if (active == download && download.request == request) {
                log.debug("No answer from " + peer + " to the request of block " + download.target + ".");
                askNext(download, due);
            }
        });
    }

    private void askNext(Download download, long now) {
        if (!download.answered && download.tried.size() < MAX_PEERS) {
            for (Link link : links.all()) {
                if (link.isConnected(now) && !download.tried.contains(link.peer())) {
                    ask(download, link.peer(), now);
                    return;
                }
            }
        }
        log.debug("Gave up block " + download.target + " after asking " + download.tried + ".");
        finish(now);
    }

    private void finish(long now) {
        active = null;
        startNext(now);
    }

    /** Names blocks of the chosen branch from tip to LIB, ever further apart, newest first. */
    private List<HeaderId> known(Download download) {
        List<HeaderId> ids = new ArrayList<>();
        if (download.reached != null) {
            ids.add(download.reached);
        }
        ChainBlock lib = chain.lib();
        int step = 1;
        for (ChainBlock block = chain.tip(); block.height() > lib.height(); block = block.ancestor(step)) {
            ids.add(block.id());
            step = ids.size() > 2 ? 2 * step : 1;
        }
        ids.add(lib.id());
        return ids;
    }

    void receive(Link link, PeerMessage.BlockResponse response, long now) {
        Download download = active;
        if (download == null
                || !download.target.equals(response.requested())
                || download.sampling
                || !download.peer.equals(link.peer())) {
            return;
        }
        download.answered = true;
        take(download, link, new ArrayDeque<>(response.blocks()), false, now);
    }

    /** Takes blocks in order; before a recent one whose blobs are not validated they are sampled. */
    private void take(Download download, Link link, Deque<Block> blocks, boolean before, long now) {
        boolean progress = before;
        for (Block block = blocks.poll(); block != null; block = blocks.poll()) {
            boolean sampled = block.id().equals(download.sampled);
            if (chain.find(block.id()) == null && !sampled && !blobs.passes(block, now)) {
                blocks.addFirst(block);
                sample(download, link, blocks, progress, now);
                return;
            }
            BlockIntake.Result result = intake.takeWhole(block);
            if (result == BlockIntake.Result.INVALID || result == BlockIntake.Result.ORPHAN) {
                link.distrust(now);
                log.info("Stopped fetching block " + download.target + " from " + link.peer() + ": block " + block.id()
                        + " does not fit the chain.");
                finish(now);
                return;
            }
            ChainBlock taken = chain.find(block.id());
            if (taken != null && taken.height() > download.reachedHeight) {
                download.reachedHeight = taken.height();
                download.reached = taken.id();
                progress = true;
            }
        }
        if (chain.find(download.target) == null && progress) {
            ask(download, link.peer(), now);
        } else {
            finish(now);
        }
    }

    private void sample(Download download, Link link, Deque<Block> blocks, boolean progress, long now) {
        Block block = blocks.element();
        download.sampling = true;
        download.request++;
        availability.sampleAll(BlobRef.in(block.transactions()), now, (available, then) -> {
            download.sampling = false;
            if (active != download) {
                return;
            }
            if (available) {
                download.sampled = block.id();
                take(download, link, blocks, progress, then);
            } else {
                log.warn("Stopped fetching block " + download.target + " at block " + block.id()
                        + ": its blobs are not available.");
                finish(then);
            }
        });
    }
}
