package org.junitnomos.feed;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClient;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;

/**
 * Asks one node, once in a while, what the feed does not need to know, to compare it with what the node says elsewhere:
 * its headers, and a block that another node showed already.
 *
 * <p>Two questions are two moments. Headers that do not fit to a tip count only if the node still stands on that tip
 * afterwards: a node comes back to a tip it left only by a restart, and one that just restarted stands on another one.
 * And it takes {@value #NEEDED} audits in a row, so even a restart between each two questions would have to come at the
 * right moment three times. Used by one thread at a time.
 */
final class NodeAudit {

    /** How many polls lie between two audits. */
    static final int EVERY = 16;

    /** How many polls lie between two audits of a node whose last one did not fit. */
    static final int AGAIN = 4;

    /** How many answers in a row have to be wrong where two moments are compared. */
    static final int NEEDED = 3;

    /** How many headers are asked for. */
    private static final int HEADERS = 5;

    private final String node;
    private final NodeClient client;
    private final NodePoller.Access access;
    private final Consumer<Consumer<FeedState>> tell;
    private final Set<String> answered = new HashSet<>();
    private int due = AGAIN;
    private boolean fromBlock;
    private long cursor;
    private @Nullable HeaderId notServed;

    /**
     * Creates the audit of a node.
     *
     * @param tell changes the state, unless the node is not read any more
     */
    NodeAudit(NodeClient client, NodePoller.Access access, Consumer<Consumer<FeedState>> tell) {
        this.node = client.endpoint().node();
        this.client = client;
        this.access = access;
        this.tell = tell;
    }

    /** Audits the node if it is time to; {@code info} is what it just said. */
    void afterPoll(CryptarchiaInfo info, long at) {
        if (--due > 0) {
            return;
        }
        due = EVERY;
        ask(Misfit.HEADERS_ANSWER, () -> auditHeaders(info, at), at);
        ask(Misfit.BLOCK_ANSWER, () -> auditBlock(info, at), at);
    }

    /** What a question found, and whether it was asked at all. */
    private interface Question {
        boolean ask();
    }

    /**
     * Asks, and counts the failures of a node that answers otherwise: a node that cannot be read any more shows in the
     * next poll, and a route that it never had proves nothing.
     */
    private void ask(String about, Question question, long at) {
        try {
            if (question.ask()) {
                answered.add(about);
                tell.accept(state -> state.contradictions.fits(node, about, at));
            }
        } catch (NodeApiException e) {
            if (isFault(about, e) && isReadable()) {
                var silent = new Misfit(about, "one, as to the question where it stands", e.reason());
                tell.accept(state -> state.contradictions.seen(node, silent, NEEDED, at));
                due = AGAIN;
            }
        }
    }

    private boolean isFault(String about, NodeApiException failure) {
        return switch (failure.kind()) {
            case TIMEOUT -> true;
            case STATUS -> failure.status() >= 500 || answered.contains(about);
            default -> false;
        };
    }

    private boolean isReadable() {
        try {
            client.cryptarchiaInfo();
            return true;
        } catch (NodeApiException e) {
            return false;
        }
    }

    private boolean auditHeaders(CryptarchiaInfo info, long at) {
        List<HeaderId> path = access.with(state -> state.path(info.tip(), HEADERS));
        if (path.isEmpty()) {
            return false;
        }
        String about = fromBlock ? Misfit.HEADERS_FROM_BLOCK : Misfit.HEADERS_FROM_TIP;
        List<HeaderId> headers = headers(about, info.tip(), path.get(path.size() - 1), at);
        if (headers == null) {
            return true;
        }
        Misfit misfit = access.<@Nullable Misfit>with(state -> compare(state, about, path, headers, info.lib()));
        if (misfit != null) {
            CryptarchiaInfo after = client.cryptarchiaInfo();
            if (!after.tip().equals(info.tip())) {
                due = AGAIN;
                return true;
            }
            misfit = access.<@Nullable Misfit>with(state -> compare(state, about, path, headers, after.lib()));
        }
        Misfit last = misfit;
        tell.accept(state -> state.contradictions.judge(node, about, last, NEEDED, at));
        if (misfit != null) {
            due = AGAIN;
        } else {
            fromBlock = !fromBlock;
        }
        return true;
    }

    /** Asks for headers; null, and said, if the answer cannot be read. */
    private @Nullable List<HeaderId> headers(String about, HeaderId tip, HeaderId to, long at) {
        try {
            return client.headers(fromBlock ? tip : null, to);
        } catch (NodeApiException e) {
            if (e.kind() != NodeApiException.Kind.MALFORMED) {
                throw e;
            }
            Misfit malformed = new Misfit(about, "headers in the form of the node contract", e.reason());
            tell.accept(state -> state.contradictions.seen(node, malformed, NEEDED, at));
            due = AGAIN;
            return null;
        }
    }

    /** The answer is the path, or as much of it as is not below the LIB (node contract 1.4). */
    static @Nullable Misfit compare(
            FeedState state, String about, List<HeaderId> path, List<HeaderId> headers, HeaderId lib) {
        for (int i = 0; i < Math.max(path.size(), headers.size()); i++) {
            HeaderId expected = i < path.size() ? path.get(i) : null;
            HeaderId observed = i < headers.size() ? headers.get(i) : null;
            if (observed == null && i > 0 && state.heightOf(path.get(i - 1)) <= state.heightOf(lib)) {
                return null;
            }
            if (expected == null || !expected.equals(observed)) {
                String role = i == 0 ? "its tip, as the first header: " : "as header " + (i + 1) + ": ";
                return new Misfit(
                        about,
                        expected == null ? "no more headers than " + path.size() : role + state.name(expected),
                        observed == null ? "no header" : state.name(observed));
            }
        }
        return null;
    }

    private boolean auditBlock(CryptarchiaInfo info, long at) {
        HeaderId wanted = access.<@Nullable HeaderId>with(state -> next(state, info.tip()));
        if (wanted == null) {
            return false;
        }
        Misfit misfit = ask(wanted, info);
        boolean missing = misfit != null && misfit.about().equals(Misfit.NOT_SERVED);
        tell.accept(state -> {
            state.contradictions.judge(node, Misfit.NOT_SERVED, missing ? misfit : null, NEEDED, at);
            if (misfit != null && !missing) {
                state.contradictions.seen(node, misfit, Contradictions.AT_ONCE, at);
            }
            cursor = Math.max(cursor, state.heightOf(wanted));
        });
        notServed = missing ? wanted : null;
        if (missing) {
            due = AGAIN;
        }
        return true;
    }

    private @Nullable HeaderId next(FeedState state, HeaderId tip) {
        HeaderId again = notServed;
        if (again != null && state.isOnChain(again, tip)) {
            return again;
        }
        cursor = Math.min(cursor, Math.max(0, state.heightOf(tip) - 1)); // a node that restarted is lower
        return state.notShownBy(node, tip, cursor);
    }

    private @Nullable Misfit ask(HeaderId wanted, CryptarchiaInfo info) {
        try {
            Optional<Block> block = client.block(wanted);
            return block.isPresent()
                    ? BlockCheck.of(wanted, block.get().header(), block.get().transactions())
                    : access.<@Nullable Misfit>with(state -> new Misfit(
                            Misfit.NOT_SERVED,
                            state.name(wanted) + ", on the chain of its tip " + state.name(info.tip()),
                            "no such block"));
        } catch (NodeApiException e) {
            if (e.kind() == NodeApiException.Kind.MALFORMED) {
                return new Misfit(Misfit.FORM, "block " + wanted + " in the form of the node contract", e.reason());
            }
            throw e;
        }
    }
}
