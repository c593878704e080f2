package org.junitnomos.devnode.defect;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.devnode.ledger.RejectedTransactionException.Reason;

/** Knows what a node with each defect does. */
final class Behaviors {
    private static final Map<NodeDefect, Function<Site, Behavior>> ALL = new EnumMap<>(NodeDefect.class);

    static {
        leadership();
        finality();
        ledger();
        gossip();
        answers();
        blobs();
        lives();
    }

    private Behaviors() {}

    /** Makes the behavior of a defect for one life of a node. */
    static Behavior of(NodeDefect defect, Site site) {
        return Objects.requireNonNull(ALL.get(defect), defect::label).apply(site);
    }

    private static void leadership() {
        ALL.put(NodeDefect.NEVER_LEADS, LeadershipBehaviors::neverLeads);
        ALL.put(NodeDefect.LEADS_EVERY_SLOT, LeadershipBehaviors::leadsEverySlot);
        ALL.put(NodeDefect.EMPTY_BLOCKS, LeadershipBehaviors::emptyBlocks);
        ALL.put(NodeDefect.FUTURE_BLOCKS, LeadershipBehaviors::futureBlocks);
        ALL.put(NodeDefect.LEADS_ON_OLD_BLOCKS, LeadershipBehaviors::leadsOnOldBlocks);
        ALL.put(NodeDefect.LATE_PROPOSALS, LeadershipBehaviors::lateProposals);
        ALL.put(NodeDefect.TWO_BLOCKS_A_SLOT, LeadershipBehaviors::twoBlocksASlot);
        ALL.put(NodeDefect.NEVER_REORGANIZES, ForkChoiceBehaviors::neverReorganizes);
        ALL.put(NodeDefect.GIVES_IN_LATE, ForkChoiceBehaviors::givesInLate);
        ALL.put(NodeDefect.SWITCHES_AT_A_TIE, ForkChoiceBehaviors::switchesAtATie);
        ALL.put(NodeDefect.FOLLOWS_ANY_BLOCK, ForkChoiceBehaviors::followsAnyBlock);
        ALL.put(NodeDefect.STOPS_AT_A_HEIGHT, ForkChoiceBehaviors::stopsAtAHeight);
        ALL.put(NodeDefect.CHAIN_STOPS, ForkChoiceBehaviors::stopsAtAHeight);
        ALL.put(NodeDefect.REORGS_BEYOND_K, ForkChoiceBehaviors::reorgsBeyondK);
    }

    private static void finality() {
        ALL.put(NodeDefect.LIB_STANDS_STILL, AnswerBehaviors::libStandsStill);
        ALL.put(NodeDefect.LIB_GOES_BACK, AnswerBehaviors::libGoesBack);
        ALL.put(NodeDefect.LIB_IS_THE_TIP, AnswerBehaviors::libIsTheTip);
        ALL.put(NodeDefect.LIB_RUNS_AHEAD, AnswerBehaviors::libRunsAhead);
        ALL.put(NodeDefect.LIB_OF_NO_CHAIN, AnswerBehaviors::libOfNoChain);
        ALL.put(NodeDefect.FINALIZES_ITS_OWN_BRANCH, ForkChoiceBehaviors::deaf);
        ALL.put(NodeDefect.LIB_STREAM_SKIPS, AnswerBehaviors::libStreamSkips);
    }

    private static void ledger() {
        accepts(NodeDefect.ACCEPTS_SPENT_NOTES, Reason.UNKNOWN_NOTE);
        accepts(NodeDefect.ACCEPTS_OVERSPENDING, Reason.INSUFFICIENT_BALANCE);
        accepts(NodeDefect.ACCEPTS_WRONG_SIGNATURES, Reason.INVALID_LEDGER_PROOF);
        accepts(NodeDefect.ACCEPTS_ZERO_VALUES, Reason.ZERO_VALUE_NOTE);
        accepts(NodeDefect.ACCEPTS_WRONG_PARENTS, Reason.INVALID_PARENT);
        ALL.put(NodeDefect.ACCEPTS_REPLAYS, LedgerBehaviors::acceptsReplays);
        ALL.put(NodeDefect.LOSES_OUTPUTS, LedgerBehaviors::losesOutputs);
        ALL.put(NodeDefect.MINTS, LedgerBehaviors::mints);
        ALL.put(NodeDefect.REFUSES_VALID_TRANSACTIONS, LedgerBehaviors::refusesValidTransactions);
        ALL.put(NodeDefect.SWALLOWS_TRANSACTIONS, PoolBehaviors::swallowsTransactions);
        ALL.put(NodeDefect.FORGETS_TRANSACTIONS, PoolBehaviors::forgetsTransactions);
        ALL.put(NodeDefect.REFUSES_TRANSACTIONS, PoolBehaviors::refusesTransactions);
        ALL.put(NodeDefect.CLAIMS_TO_HAVE_TRANSACTIONS, PoolBehaviors::claimsToHaveTransactions);
        ALL.put(NodeDefect.NEVER_EMPTIES, PoolBehaviors::neverEmpties);
        ALL.put(NodeDefect.LOSES_ITS_POOL, PoolBehaviors::losesItsPool);
        ALL.put(NodeDefect.ONE_TRANSACTION_A_BLOCK, PoolBehaviors::oneTransactionABlock);
        ALL.put(NodeDefect.KNOWS_NO_STATUS, PoolBehaviors::knowsNoStatus);
    }

    private static void accepts(NodeDefect defect, Reason reason) {
        ALL.put(defect, site -> LedgerBehaviors.accepting(site, reason));
    }

    private static void gossip() {
        ALL.put(NodeDefect.KEEPS_TRANSACTIONS_TO_ITSELF, GossipBehaviors::keepsTransactionsToItself);
        ALL.put(NodeDefect.KEEPS_BLOCKS_TO_ITSELF, GossipBehaviors::keepsBlocksToItself);
        ALL.put(NodeDefect.FORWARDS_NO_BLOCKS, LeadershipBehaviors::forwardsNoBlocks);
        ALL.put(NodeDefect.MUTE_TO_ONE_PEER, GossipBehaviors::muteToOnePeer);
        ALL.put(NodeDefect.SLOW_GOSSIP, GossipBehaviors::slowGossip);
        ALL.put(NodeDefect.WRONG_BLOCK_SIGNATURES, GossipBehaviors::wrongBlockSignatures);
        ALL.put(NodeDefect.SERVES_NO_BLOCKS, GossipBehaviors::servesNoBlocks);
        ALL.put(NodeDefect.MUTE_AFTER_A_CUT, GossipBehaviors::muteAfterACut);
        ALL.put(NodeDefect.REPEATS_ITSELF, GossipBehaviors::repeatsItself);
    }

    private static void answers() {
        ALL.put(NodeDefect.HEIGHT_OFF_BY_ONE, AnswerBehaviors::heightOffByOne);
        ALL.put(NodeDefect.CACHED_TIP, AnswerBehaviors::cachedTip);
        ALL.put(NodeDefect.HEADERS_OF_NO_CHAIN, AnswerBehaviors::headersOfNoChain);
        ALL.put(NodeDefect.INCOMPLETE_BLOCKS, AnswerBehaviors::incompleteBlocks);
        ALL.put(NodeDefect.FORGETS_BLOCKS, AnswerBehaviors::forgetsBlocks);
        ALL.put(NodeDefect.FAILS_NOW_AND_THEN, AnswerBehaviors::failsNowAndThen);
        ALL.put(NodeDefect.NEVER_ANSWERS, AnswerBehaviors::neverAnswers);
        ALL.put(NodeDefect.WRONG_BALANCES, AnswerBehaviors::wrongBalances);
        ALL.put(NodeDefect.SEES_NO_PEERS, AnswerBehaviors::seesNoPeers);
        ALL.put(NodeDefect.SAYS_BOOTSTRAPPING, AnswerBehaviors::saysBootstrapping);
        ALL.put(NodeDefect.HIDES_ITS_POOL, AnswerBehaviors::hidesItsPool);
    }

    private static void blobs() {
        ALL.put(NodeDefect.KEEPS_NO_SHARES, BlobBehaviors::keepsNoShares);
        ALL.put(NodeDefect.GIVES_WRONG_SHARES, BlobBehaviors::givesWrongShares);
        ALL.put(NodeDefect.GIVES_NO_SHARES, BlobBehaviors::givesNoShares);
        ALL.put(NodeDefect.FORGETS_OLD_BLOBS, BlobBehaviors::forgetsOldBlobs);
        ALL.put(NodeDefect.ADMITS_NO_BLOBS, BlobBehaviors::admitsNoBlobs);
        ALL.put(NodeDefect.ONLY_SAYS_DISPERSED, BlobBehaviors::onlySaysDispersed);
        ALL.put(NodeDefect.REFUSES_BLOBS, BlobBehaviors::refusesBlobs);
        ALL.put(NodeDefect.DISPERSES_OTHER_BYTES, BlobBehaviors::dispersesOtherBytes);
    }

    private static void lives() {
        ALL.put(NodeDefect.DEAF_AFTER_A_RESTART, LifeBehaviors::deafAfterARestart);
        ALL.put(NodeDefect.IDLE_AFTER_A_RESTART, LifeBehaviors::idleAfterARestart);
        ALL.put(NodeDefect.BOOTSTRAPS_AFTER_A_RESTART, LifeBehaviors::bootstrapsAfterARestart);
        ALL.put(NodeDefect.REFUSES_AFTER_A_RESTART, LifeBehaviors::refusesAfterARestart);
        ALL.put(NodeDefect.DIES_AFTER_A_RESTART, LifeBehaviors::diesAfterARestart);
        ALL.put(NodeDefect.LOSES_SHARES_AT_A_RESTART, LifeBehaviors::losesSharesAtARestart);
        ALL.put(NodeDefect.DIES, LifeBehaviors::dies);
        ALL.put(NodeDefect.CLOCK_AHEAD, ClockBehaviors::ahead);
        ALL.put(NodeDefect.CLOCK_BEHIND, ClockBehaviors::behind);
        ALL.put(NodeDefect.CLOCK_DRIFTS, ClockBehaviors::drifts);
        ALL.put(NodeDefect.CLOCK_STOPS, ClockBehaviors::stops);
        ALL.put(NodeDefect.FREEZES_NOW_AND_THEN, ClockBehaviors::freezesNowAndThen);
    }
}
