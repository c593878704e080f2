package org.junitnomos.feed;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.journal.ForkTree;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.mantle.HeaderId;

/**
 * Compares what a node says of its tip with the blocks below that tip. A node gives all of it in one answer, made at
 * one moment, and an id names one block for ever: so one answer that does not fit is enough, whatever happens to the
 * node between two answers. Not thread-safe.
 */
final class InfoCheck {

    private static final String BOOTSTRAPPING = "Bootstrapping";
    private static final String ONLINE = "Online";

    /** What a node said last. */
    private static final class Said {
        private @Nullable CryptarchiaInfo info;
        private boolean libFits;
        private long libHeight;
        private long start;
    }

    private final HeaderId genesis;
    private final ForkTree tree;
    private final Contradictions contradictions;
    private final Map<String, Said> nodes = new HashMap<>();

    InfoCheck(HeaderId genesis, ForkTree tree, Contradictions contradictions) {
        this.genesis = genesis;
        this.tree = tree;
        this.contradictions = contradictions;
    }

    void forget(String node) {
        nodes.remove(node);
    }

    /**
     * Checks an answer whose tip is in the tree; the same answer once more tells nothing new.
     *
     * @return whether the LIB of the answer is on the chain of its tip
     */
    boolean check(String node, CryptarchiaInfo info, long at) {
        Said said = nodes.computeIfAbsent(node, name -> new Said());
        if (info.equals(said.info)) {
            return said.libFits;
        }
        contradictions.judge(node, Misfit.SLOT, slot(info), Contradictions.AT_ONCE, at);
        Misfit lib = lib(said, info);
        contradictions.judge(node, Misfit.LIB, lib, Contradictions.AT_ONCE, at);
        contradictions.judge(node, Misfit.HEIGHT, height(said, info, lib == null), Contradictions.AT_ONCE, at);
        mode(node, said, info, lib == null, at);
        said.libFits = lib == null;
        said.libHeight = lib == null ? tree.heightOf(info.lib()) : said.libHeight;
        said.info = info;
        return said.libFits;
    }

    /**
     * A node that is Bootstrapping does not move its LIB (node contract 3.4). It may have been Online between two
     * answers, if it was started anew, so it takes several in a row.
     */
    private void mode(String node, Said said, CryptarchiaInfo info, boolean libFits, long at) {
        if (info.mode().equals(ONLINE)) {
            contradictions.fits(node, Misfit.MODE, at);
        } else if (!info.mode().equals(BOOTSTRAPPING)) {
            Misfit unknown = new Misfit(Misfit.MODE, BOOTSTRAPPING + " or " + ONLINE, info.mode());
            contradictions.seen(node, unknown, Contradictions.AT_ONCE, at);
        } else if (said.info != null
                && said.info.mode().equals(BOOTSTRAPPING)
                && libFits
                && said.libFits
                && tree.heightOf(info.lib()) > said.libHeight) {
            Misfit moved = new Misfit(
                    Misfit.MODE,
                    ONLINE + ", as its last irreversible block moves from height " + said.libHeight + " to "
                            + tree.heightOf(info.lib()),
                    BOOTSTRAPPING);
            contradictions.seen(node, moved, NodeAudit.NEEDED, at);
        }
    }

    private @Nullable Misfit slot(CryptarchiaInfo info) {
        BlockObserved tip = tree.find(info.tip()).orElse(null);
        if (tip == null || tip.slot() == info.slot()) {
            return null;
        }
        String expected = "slot " + Long.toUnsignedString(tip.slot()) + ", that of its tip " + name(info.tip());
        return new Misfit(Misfit.SLOT, expected, "slot " + Long.toUnsignedString(info.slot()));
    }

    private @Nullable Misfit lib(Said said, CryptarchiaInfo info) {
        if (info.lib().equals(genesis) || followsOn(said, info) || tree.isAncestor(info.lib(), info.tip())) {
            return null;
        }
        long height = tree.heightOf(info.lib());
        String observed = height < 0
                ? "block " + info.lib() + ", which is on no chain that was seen"
                : height > tree.heightOf(info.tip())
                        ? name(info.lib()) + ", which is above that tip"
                        : name(info.lib()) + ", which is on another branch";
        return new Misfit(Misfit.LIB, "an ancestor of its tip " + name(info.tip()), observed);
    }

    /** Whether the chain grew by one block on a LIB that is known to fit: saves the walk down to it. */
    private boolean followsOn(Said said, CryptarchiaInfo info) {
        CryptarchiaInfo before = said.info;
        return before != null
                && said.libFits
                && before.lib().equals(info.lib())
                && tree.find(info.tip())
                        .filter(tip -> tip.parent().equals(before.tip()))
                        .isPresent();
    }

    /**
     * Heights count from the LIB that the node was started with (node contract 1.4): genesis, or after a restart what
     * was its LIB when it ended. Then the height falls, and what is missing from it is a height between the LIB it told
     * last and the one it tells now, the same until the next start.
     */
    private @Nullable Misfit height(Said said, CryptarchiaInfo info, boolean libFits) {
        long counted = tree.heightOf(info.tip());
        long start = counted - info.height();
        boolean startedAgain = libFits
                && (said.info == null || info.height() < said.info.height())
                && start >= said.libHeight
                && start <= tree.heightOf(info.lib());
        if (start == 0 || start == said.start || startedAgain) {
            said.start = start;
            return null;
        }
        String from = said.start == 0 ? "genesis" : "height " + said.start + ", its LIB when it was started,";
        String expected = "height " + (counted - said.start) + ", blocks from " + from + " to its tip " + info.tip();
        return new Misfit(Misfit.HEIGHT, expected, "height " + Long.toUnsignedString(info.height()));
    }

    private String name(HeaderId block) {
        return "block " + block + " at height " + tree.heightOf(block);
    }
}
