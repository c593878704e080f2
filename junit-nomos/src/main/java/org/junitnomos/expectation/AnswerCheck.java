package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.TransactionStatus;
import org.junitnomos.client.WalletBalance;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.feed.BlockRecord;
import org.junitnomos.feed.ChainNotes;
import org.junitnomos.feed.OwnedNote;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.mantle.ApiBlock;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.NodeRole;

/** Asks one node by all its routes, and compares what it says with its own chain. */
final class AnswerCheck {
    private static final int ATTEMPTS = 5;
    private static final int MOST_HEADERS = 512;
    private static final int BLOCKS = 12;
    private static final int KEYS = 6;
    private static final int TRANSACTIONS = 40;
    private static final long EXPLORED_SLOTS = 40;
    private static final int NOT_FOUND = 404;

    /** Fewest transactions in blocks of others that say anything about a mempool. */
    private static final int FEWEST = 10;

    /** Unknown to every node. */
    private static final HeaderId NOBODY = HeaderId.of(
            new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8
            });

    private final RunContext run;
    private final RunFacts facts;
    private final NodeHandle node;
    private final NodeClient client;
    private final boolean first;
    private final Proposals proposals;
    private List<String> problems = new ArrayList<>();

    AnswerCheck(Witnesses witnesses, Proposals proposals, NodeHandle node) {
        this.proposals = proposals;
        this.run = witnesses.facts.run;
        this.facts = witnesses.facts;
        this.node = node;
        this.client = node.client();
        this.first = witnesses.isInItsFirstLife(node.name());
    }

    /**
     * What does not fit. Each part is asked by itself, and again if the node moved on meanwhile, as on a busy machine
     * all of them take longer than a block. Empty if the node never stood still for as long as one of them takes.
     */
    Optional<List<String>> problems() throws InterruptedException {
        var all = new ArrayList<String>();
        boolean compared = false;
        for (Consumer<CryptarchiaInfo> part : List.<Consumer<CryptarchiaInfo>>of(
                this::headers, this::blocks, this::explorer, this::balances, this::pool)) {
            try {
                var found = problemsOf(part);
                compared |= found.isPresent();
                found.ifPresent(all::addAll);
            } catch (NodeApiException e) {
                all.add(node.name() + " did not answer: " + e.reason());
                return Optional.of(all); // with what was found before
            }
        }
        return compared ? Optional.of(all) : Optional.empty();
    }

    private Optional<List<String>> problemsOf(Consumer<CryptarchiaInfo> part) throws InterruptedException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            problems = new ArrayList<>();
            var info = client.cryptarchiaInfo();
            facts.readOn();
            if (facts.tree.heightOf(info.tip()) > 0 && facts.tree.heightOf(info.lib()) >= 0) {
                var refused = answersOrRefusal(part, info);
                if (client.cryptarchiaInfo().equals(info)) {
                    if (refused.isPresent()) {
                        throw refused.get();
                    }
                    return Optional.of(problems);
                }
            }
            run.clock()
                    .sleep(run.scenario().topology().consensus().slotDuration().dividedBy(4));
        }
        return Optional.empty();
    }

    /** A node that moved on meanwhile may refuse what it would have told before. */
    private Optional<NodeApiException> answersOrRefusal(Consumer<CryptarchiaInfo> part, CryptarchiaInfo info) {
        try {
            part.accept(info);
            return Optional.empty();
        } catch (NodeApiException e) {
            return Optional.of(e);
        }
    }

    private void wrong(String about, Object expected, Object observed) {
        problems.add(node.name() + ", " + about + ": expected " + expected + ", observed " + observed);
    }

    private void headers(CryptarchiaInfo info) {
        if (!facts.tree.isAncestor(info.lib(), info.tip())) {
            wrong("last irreversible block", "an ancestor of its tip " + info.tip(), "block " + info.lib());
            return;
        }
        long low = facts.tree.heightOf(info.lib());
        var expected = new ArrayList<HeaderId>();
        var path = facts.tree.branch(info.lib(), info.tip());
        for (int i = path.size() - 1; i >= 0; i--) {
            expected.add(path.get(i).block());
        }
        expected.add(info.lib());
        var told = client.headers(null, null);
        var wanted = expected.subList(0, Math.min(expected.size(), MOST_HEADERS));
        if (!told.equals(wanted)) {
            wrong(
                    "headers from its tip to its last irreversible block",
                    wanted.size() + " ids from height " + facts.tree.heightOf(info.tip()) + " to " + low,
                    told.size() + " ids, other ones from place " + (firstDifference(told, wanted) + 1) + " on");
        }
        if (wanted.size() > 2) {
            var part = client.headers(wanted.get(1), wanted.get(wanted.size() - 2));
            var inner = wanted.subList(1, wanted.size() - 1);
            if (!part.equals(inner)) {
                wrong(
                        "headers between two blocks",
                        inner.size() + " ids from " + inner.get(0) + " on",
                        part.size() + " ids, other ones from place " + (firstDifference(part, inner) + 1) + " on");
            }
        }
        var none = client.headers(NOBODY, null);
        if (!none.isEmpty()) {
            wrong("headers from a block that nobody has", "none", none.size() + " ids");
        }
    }

    private static int firstDifference(List<HeaderId> one, List<HeaderId> other) {
        int i = 0;
        while (i < one.size() && i < other.size() && one.get(i).equals(other.get(i))) {
            i++;
        }
        return i;
    }

    private void blocks(CryptarchiaInfo info) {
        var chain = facts.tree.chainTo(info.tip());
        var heights = new TreeSet<Integer>();
        for (int i = 0; i < Math.min(3, chain.size()); i++) {
            heights.add(i);
            heights.add(chain.size() - 1 - i);
        }
        var random = run.random("answers agree");
        while (heights.size() < Math.min(BLOCKS, chain.size())) {
            heights.add(random.nextInt(chain.size()));
        }
        for (int height : heights) {
            block(chain.get(height));
        }
        for (var unknown : List.of(run.cluster().genesis().id(), NOBODY)) {
            if (client.block(unknown).isPresent()) {
                wrong("block " + unknown, "none: " + (unknown.equals(NOBODY) ? "nobody has it" : "genesis"), "a block");
            }
        }
    }

    private void block(BlockObserved expected) {
        Block block = client.block(expected.block()).orElse(null);
        String about = "block " + expected.block() + " at height " + expected.height() + " of its chain";
        if (block == null) {
            wrong(about, "the block", "none");
        } else if (!block.id().equals(expected.block())) {
            wrong(about, "a header of that id", "one of id " + block.id());
        } else if (!block.hasMatchingRoot()) {
            wrong(about, "transactions of the root of its header", "others");
        } else {
            var known = run.feed().find(expected.block());
            if (known.isPresent() && !known.get().block().signature().equals(block.signature())) {
                wrong(about, "the signature that " + known.get().firstSeenOn() + " gave", "another one");
            }
        }
    }

    private void explorer(CryptarchiaInfo info) {
        long low = facts.tree.heightOf(info.lib());
        var below = facts.tree.chainTo(info.lib());
        long to = facts.tree.find(info.lib()).map(BlockObserved::slot).orElse(0L);
        long from = Math.max(0, to - EXPLORED_SLOTS);
        List<ApiBlock> told;
        try {
            told = client.blocks(from, to);
        } catch (NodeApiException e) {
            if (e.status() == NOT_FOUND) {
                return;
            }
            throw e;
        }
        var expected = below.stream()
                .filter(block -> block.height() < low && block.slot() >= from)
                .map(BlockObserved::block)
                .toList();
        var ids = told.stream().map(ApiBlock::id).toList();
        if (first ? !ids.equals(expected) : !new LinkedHashSet<>(ids).containsAll(expected)) {
            wrong(
                    "blocks of slots " + from + " to " + to + " by /cryptarchia/blocks",
                    expected.size() + " blocks of its chain",
                    ids.size() + " blocks, other ones from place " + (firstDifference(ids, expected) + 1) + " on");
        }
        for (var block : told) {
            if (!block.header().id().equals(block.id())) {
                wrong(
                        "block " + block.id() + " by /cryptarchia/blocks",
                        "a header of that id",
                        block.header().id());
            }
            var known = run.feed().find(block.id());
            if (known.isPresent() && !known.get().block().transactionHashes().equals(hashes(block.transactions()))) {
                wrong("block " + block.id() + " by /cryptarchia/blocks", "its transactions", "others");
            }
        }
    }

    private static List<TxHash> hashes(List<SignedMantleTx> transactions) {
        return transactions.stream().map(SignedMantleTx::hash).toList();
    }

    private void balances(CryptarchiaInfo info) {
        int index = node.spec().index();
        var genesis = run.cluster().genesis();
        if (node.spec().role() == NodeRole.EXECUTOR
                || index >= genesis.leaders().size()) {
            return;
        }
        var keys =
                genesis.knownKeys(run.scenario().topology(), genesis.leaders().get(index));
        balances("at its tip", null, info.tip(), keys);
        if (!info.lib().equals(genesis.id()) && !info.lib().equals(info.tip())) {
            balances("at its last irreversible block", info.lib(), info.lib(), keys);
        }
    }

    private void balances(String where, @Nullable HeaderId asked, HeaderId at, List<ZkPublicKey> keys) {
        var chain = new ArrayList<BlockRecord>();
        for (var block : facts.tree.chainTo(at)) {
            run.feed().find(block.block()).ifPresent(chain::add);
        }
        var notes = new ChainNotes(run.cluster().genesis().transaction(), chain);
        for (var key : keys.subList(0, Math.min(KEYS, keys.size()))) {
            long expected = notes.of(key).stream().mapToLong(OwnedNote::value).sum();
            var told = client.walletBalance(key, asked);
            long observed = told.map(WalletBalance::balance).orElse(0L);
            if (observed != expected) {
                wrong(
                        "balance of " + key + " " + where,
                        Long.toUnsignedString(expected) + ", the sum of its notes",
                        Long.toUnsignedString(observed));
            } else if (told.isPresent() && !told.get().tip().equals(at)) {
                wrong(
                        "balance of " + key + " " + where,
                        "as of block " + at,
                        "block " + told.get().tip());
            }
        }
    }

    /** What the node says of transactions, of those on its chain first, and of its mempool. */
    private void pool(CryptarchiaInfo info) {
        var chain = facts.tree.chainTo(info.tip());
        Map<TxHash, BlockObserved> wanted = new LinkedHashMap<>();
        for (int i = chain.size() - 1; i >= 0 && wanted.size() < TRANSACTIONS; i--) {
            var block = chain.get(i);
            block.transactions().forEach(transaction -> wanted.put(transaction.hash(), block));
        }
        long waiting = 0;
        if (!wanted.isEmpty()) {
            var asked = List.copyOf(wanted.keySet());
            var told = client.transactionStatus(asked);
            if (told.size() != asked.size()) {
                wrong("status of " + asked.size() + " transactions", "as many", told.size());
                return;
            }
            for (int i = 0; i < asked.size(); i++) {
                waiting += told.get(i).kind() == TransactionStatus.Kind.PENDING ? 1 : 0;
                status(asked.get(i), told.get(i));
            }
            oblivion(asked, told, wanted);
        }
        var metrics = client.mempoolMetrics();
        if (metrics.pendingItems() < waiting) {
            wrong("pending items", "at least the " + waiting + " that it says are pending", metrics.pendingItems());
        }
        long now = run.clock().instant().toEpochMilli();
        long tolerance = 2000
                + run.scenario().topology().clockSkews().values().stream()
                        .mapToLong(skew -> Math.abs(skew.toMillis()))
                        .max()
                        .orElse(0);
        boolean clocks = facts.events.stream().anyMatch(Excuses::setsClock);
        if (!clocks && metrics.lastItemTimestamp() > now + tolerance) {
            wrong(
                    "time of the last pending item",
                    "not in the future",
                    (metrics.lastItemTimestamp() - now) + " ms ahead");
        }
    }

    /** A node marks what it had when the block of another came (node contract 1.4): it cannot know nothing of all. */
    private void oblivion(List<TxHash> asked, List<TransactionStatus> told, Map<TxHash, BlockObserved> blocks) {
        int ofOthers = 0;
        int unknown = 0;
        for (int i = 0; i < asked.size(); i++) {
            var block = blocks.get(asked.get(i));
            if (block != null
                    && proposals.byNode().containsKey(node.name())
                    && !proposals.made(node.name(), block.block())) {
                ofOthers++;
                unknown += told.get(i).kind() == TransactionStatus.Kind.UNKNOWN ? 1 : 0;
            }
        }
        if (first && ofOthers >= FEWEST && unknown == ofOthers) {
            wrong(
                    "status of transactions in blocks that others made",
                    "a block, of some of the " + ofOthers,
                    "Unknown of all");
        }
    }

    private void status(TxHash transaction, TransactionStatus told) {
        var block = told.block();
        if (told.kind() == TransactionStatus.Kind.REJECTED) {
            wrong("status of transaction " + transaction, "no rejection, as it is on its chain", "Rejected");
        } else if (block != null) {
            // A block that never was a tip is known to the node alone, as long as it keeps the branch.
            var holds = facts.tree
                    .find(block)
                    .map(named -> named.transactions().stream()
                            .anyMatch(each -> each.hash().equals(transaction)))
                    .or(() -> client.block(block)
                            .map(named -> named.transactionHashes().contains(transaction)));
            if (holds.isPresent() && !holds.get()) {
                wrong("status of transaction " + transaction, "a block that holds it", "block " + block);
            }
        }
    }
}
