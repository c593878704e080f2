package org.junitnomos.defect;

import static org.junitnomos.defect.DefectGroup.API;
import static org.junitnomos.defect.DefectGroup.DATA_AVAILABILITY;
import static org.junitnomos.defect.DefectGroup.FINALITY;
import static org.junitnomos.defect.DefectGroup.FORK_CHOICE;
import static org.junitnomos.defect.DefectGroup.GOSSIP;
import static org.junitnomos.defect.DefectGroup.LEADERSHIP;
import static org.junitnomos.defect.DefectGroup.LEDGER;
import static org.junitnomos.defect.DefectGroup.POOL;
import static org.junitnomos.defect.DefectGroup.RESTART_AND_STORAGE;
import static org.junitnomos.defect.DefectGroup.TIME;
import static org.junitnomos.defect.DefectLoad.BALANCES;
import static org.junitnomos.defect.DefectLoad.BLOBS;
import static org.junitnomos.defect.DefectLoad.BLOCKS;
import static org.junitnomos.defect.DefectLoad.HOSTILE;
import static org.junitnomos.defect.DefectLoad.LONG_PARTITION;
import static org.junitnomos.defect.DefectLoad.PARTITION;
import static org.junitnomos.defect.DefectLoad.RELAYED_BLOCKS;
import static org.junitnomos.defect.DefectLoad.RESTARTS;
import static org.junitnomos.defect.DefectLoad.STREAMS;
import static org.junitnomos.defect.DefectLoad.TRANSACTIONS;
import static org.junitnomos.defect.DefectScope.ALL;
import static org.junitnomos.defect.DefectScope.EXECUTOR;
import static org.junitnomos.defect.DefectScope.NODE;
import static org.junitnomos.defect.DefectScope.VALIDATOR;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A defect that a dev node can be given, by name, to find out who notices. The sentences say what such a node does;
 * everything else it does as it should.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.EXPERIMENTAL, since = "0.1")
public enum NodeDefect {
    NEVER_LEADS(LEADERSHIP, BLOCKS, NODE, true, "Makes no block, although it wins slots."),
    LEADS_EVERY_SLOT(LEADERSHIP, BLOCKS, NODE, true, "Makes a block in every slot, whether it won it or not."),
    EMPTY_BLOCKS(LEADERSHIP, TRANSACTIONS, NODE, true, "Puts no transaction into its blocks."),
    FUTURE_BLOCKS(LEADERSHIP, BLOCKS, NODE, true, "Makes blocks of a slot that comes 20 slots later."),
    LEADS_ON_OLD_BLOCKS(LEADERSHIP, BLOCKS, NODE, true, "Builds its blocks on the parent of its tip."),
    LATE_PROPOSALS(LEADERSHIP, BLOCKS, NODE, true, "Sends the blocks that it makes four slots late."),
    TWO_BLOCKS_A_SLOT(
            LEADERSHIP,
            TRANSACTIONS,
            NODE,
            true,
            "Makes two blocks of a slot that it won, and tells half of its peers of one and half of the other."),

    NEVER_REORGANIZES(
            FORK_CHOICE, PARTITION, NODE, true, "Stays on the branch that it saw first, however short it is."),
    GIVES_IN_LATE(FORK_CHOICE, PARTITION, NODE, true, "Leaves its branch only for one that is four blocks longer."),
    SWITCHES_AT_A_TIE(FORK_CHOICE, PARTITION, NODE, true, "Leaves its branch for one that is just as long."),
    FOLLOWS_ANY_BLOCK(FORK_CHOICE, PARTITION, NODE, true, "Follows the newest block, also if its branch is shorter."),
    STOPS_AT_A_HEIGHT(FORK_CHOICE, BLOCKS, NODE, true, "Takes five more blocks, and refuses all after them."),
    CHAIN_STOPS(FORK_CHOICE, BLOCKS, ALL, true, "Takes five more blocks, and refuses all after them."),
    REORGS_BEYOND_K(
            FORK_CHOICE, LONG_PARTITION, ALL, true, "Follows the longest branch, also if final blocks are not on it."),

    LIB_STANDS_STILL(FINALITY, BLOCKS, NODE, true, "Tells for ever of the same last irreversible block."),
    LIB_GOES_BACK(FINALITY, BLOCKS, NODE, true, "Tells now and then of an older last irreversible block."),
    LIB_IS_THE_TIP(FINALITY, BLOCKS, NODE, true, "Tells of its tip as the last irreversible block."),
    LIB_RUNS_AHEAD(FINALITY, BLOCKS, NODE, true, "Calls a block irreversible that is only half as deep as it must be."),
    LIB_OF_NO_CHAIN(FINALITY, BLOCKS, NODE, true, "Tells of a last irreversible block that does not exist."),
    FINALIZES_ITS_OWN_BRANCH(FINALITY, BLOCKS, NODE, true, "Takes no block of others, and makes its own ones final."),
    LIB_STREAM_SKIPS(FINALITY, STREAMS, VALIDATOR, true, "Leaves every third block out of the stream of final blocks."),

    ACCEPTS_SPENT_NOTES(LEDGER, HOSTILE, ALL, true, "Lets notes be spent again that are spent."),
    ACCEPTS_OVERSPENDING(LEDGER, HOSTILE, ALL, true, "Lets transactions give out more than they take in."),
    ACCEPTS_WRONG_SIGNATURES(LEDGER, HOSTILE, ALL, true, "Lets anybody spend the notes of others."),
    ACCEPTS_ZERO_VALUES(LEDGER, HOSTILE, ALL, true, "Lets transactions create notes of value 0."),
    ACCEPTS_WRONG_PARENTS(LEDGER, HOSTILE, ALL, true, "Lets messages of a channel follow any other."),
    ACCEPTS_REPLAYS(LEDGER, TRANSACTIONS, ALL, true, "Puts each transaction into two blocks."),
    LOSES_OUTPUTS(LEDGER, TRANSACTIONS, ALL, true, "Forgets the first output of every fourth transaction."),
    MINTS(LEDGER, BLOCKS, ALL, true, "Puts a note that nobody paid for into every fifth block."),
    REFUSES_VALID_TRANSACTIONS(LEDGER, TRANSACTIONS, ALL, true, "Refuses every fifth valid transaction."),

    SWALLOWS_TRANSACTIONS(POOL, TRANSACTIONS, NODE, true, "Takes every third transaction and does nothing with it."),
    FORGETS_TRANSACTIONS(POOL, TRANSACTIONS, ALL, true, "Forgets every third transaction that it hears of."),
    REFUSES_TRANSACTIONS(POOL, TRANSACTIONS, NODE, true, "Answers every fifth transaction with an error."),
    CLAIMS_TO_HAVE_TRANSACTIONS(
            POOL, TRANSACTIONS, NODE, true, "Says of every tenth transaction that it is there already, and drops it."),
    NEVER_EMPTIES(POOL, TRANSACTIONS, NODE, true, "Keeps in its pool what blocks of others contain."),
    LOSES_ITS_POOL(POOL, TRANSACTIONS, ALL, true, "Drops all that waits, every tenth transaction that comes."),
    ONE_TRANSACTION_A_BLOCK(POOL, TRANSACTIONS, ALL, true, "Puts one transaction into a block, however many wait."),
    KNOWS_NO_STATUS(POOL, TRANSACTIONS, NODE, true, "Says of every transaction that it is unknown."),

    KEEPS_TRANSACTIONS_TO_ITSELF(GOSSIP, TRANSACTIONS, NODE, true, "Tells no peer of transactions."),
    KEEPS_BLOCKS_TO_ITSELF(GOSSIP, BLOCKS, NODE, true, "Tells no peer of blocks."),
    FORWARDS_NO_BLOCKS(GOSSIP, RELAYED_BLOCKS, NODE, true, "Tells its peers of its own blocks alone."),
    MUTE_TO_ONE_PEER(GOSSIP, BLOCKS, NODE, true, "Sends one of its peers nothing."),
    SLOW_GOSSIP(GOSSIP, BLOCKS, NODE, true, "Sends everything five slots late."),
    WRONG_BLOCK_SIGNATURES(GOSSIP, BLOCKS, NODE, true, "Spoils the signature of the blocks that it tells of."),
    SERVES_NO_BLOCKS(GOSSIP, RESTARTS, ALL, true, "Gives nobody the blocks that he misses."),
    MUTE_AFTER_A_CUT(
            GOSSIP, PARTITION, NODE, true, "Tells a peer of no block and no transaction any more after a cut."),
    REPEATS_ITSELF(GOSSIP, BLOCKS, NODE, false, "Sends everything four times."),

    HEIGHT_OFF_BY_ONE(API, BLOCKS, NODE, true, "Tells a height that is one less than that of its tip."),
    CACHED_TIP(API, BLOCKS, NODE, true, "Tells for ever of the tip that it had once."),
    HEADERS_OF_NO_CHAIN(API, BLOCKS, NODE, true, "Lists headers that no block has."),
    INCOMPLETE_BLOCKS(API, TRANSACTIONS, NODE, true, "Leaves the last transaction out of blocks that it gives."),
    FORGETS_BLOCKS(API, BLOCKS, NODE, true, "Gives nobody the blocks of its own chain."),
    FAILS_NOW_AND_THEN(API, BLOCKS, NODE, true, "Answers every fourth question with an error."),
    NEVER_ANSWERS(API, BLOCKS, NODE, true, "Accepts questions and answers none."),
    WRONG_BALANCES(API, BALANCES, VALIDATOR, true, "Tells balances that are one too high."),
    SEES_NO_PEERS(API, BLOCKS, NODE, true, "Says that it is connected with nobody."),
    SAYS_BOOTSTRAPPING(API, BLOCKS, NODE, true, "Says for ever that it is in mode Bootstrapping."),
    HIDES_ITS_POOL(API, TRANSACTIONS, NODE, false, "Says that nothing waits in its pool."),

    KEEPS_NO_SHARES(DATA_AVAILABILITY, BLOBS, NODE, true, "Keeps none of the shares that it confirms."),
    GIVES_WRONG_SHARES(DATA_AVAILABILITY, BLOBS, NODE, true, "Gives clients shares of wrong bytes."),
    GIVES_NO_SHARES(DATA_AVAILABILITY, BLOBS, NODE, true, "Gives clients no shares."),
    FORGETS_OLD_BLOBS(DATA_AVAILABILITY, BLOBS, NODE, true, "Gives clients nothing of all but the last two blobs."),
    ADMITS_NO_BLOBS(DATA_AVAILABILITY, BLOBS, NODE, true, "Takes no block with blobs, and makes none."),
    ONLY_SAYS_DISPERSED(
            DATA_AVAILABILITY, BLOBS, EXECUTOR, true, "Says of every third blob that it is dispersed, and drops it."),
    REFUSES_BLOBS(DATA_AVAILABILITY, BLOBS, EXECUTOR, true, "Answers every third blob with an error."),
    DISPERSES_OTHER_BYTES(DATA_AVAILABILITY, BLOBS, EXECUTOR, true, "Changes the bytes of blobs before it disperses."),

    DEAF_AFTER_A_RESTART(RESTART_AND_STORAGE, RESTARTS, NODE, true, "Takes no blocks of others after a restart."),
    IDLE_AFTER_A_RESTART(RESTART_AND_STORAGE, RESTARTS, NODE, true, "Makes no blocks after a restart."),
    BOOTSTRAPS_AFTER_A_RESTART(
            RESTART_AND_STORAGE, RESTARTS, NODE, true, "Says after a restart for ever that it is Bootstrapping."),
    REFUSES_AFTER_A_RESTART(
            RESTART_AND_STORAGE, RESTARTS, NODE, true, "Answers every question after a restart with an error."),
    DIES_AFTER_A_RESTART(RESTART_AND_STORAGE, RESTARTS, NODE, true, "Ends by itself four slots after a restart."),
    LOSES_SHARES_AT_A_RESTART(RESTART_AND_STORAGE, RESTARTS, NODE, false, "Stores no shares."),
    DIES(RESTART_AND_STORAGE, BLOCKS, NODE, true, "Ends by itself."),

    CLOCK_AHEAD(TIME, BLOCKS, NODE, true, "Has a clock that runs six slots ahead."),
    CLOCK_BEHIND(TIME, BLOCKS, NODE, true, "Has a clock that runs six slots behind."),
    CLOCK_DRIFTS(TIME, BLOCKS, NODE, true, "Has a clock that gains a tenth of a slot in every slot."),
    CLOCK_STOPS(TIME, BLOCKS, NODE, true, "Does nothing any more by its clock."),
    FREEZES_NOW_AND_THEN(TIME, BLOCKS, NODE, true, "Neither hears nor does anything for 10 of every 20 slots.");

    private final DefectGroup group;
    private final DefectLoad load;
    private final DefectScope scope;
    private final boolean visible;
    private final String sentence;

    NodeDefect(DefectGroup group, DefectLoad load, DefectScope scope, boolean visible, String sentence) {
        this.group = group;
        this.load = load;
        this.scope = scope;
        this.visible = visible;
        this.sentence = sentence;
    }

    /** {@return the name in plans, settings and texts, for example {@code "never-leads"}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return the part of the node that it is in} */
    public DefectGroup group() {
        return group;
    }

    /** {@return what has to happen before it can show} */
    public DefectLoad load() {
        return load;
    }

    /** {@return the nodes on which it makes sense} */
    public DefectScope scope() {
        return scope;
    }

    /** Says whether somebody who only sees answers of nodes could notice it. */
    public boolean isVisible() {
        return visible;
    }

    /** {@return what a node with the defect does, as a sentence without its subject} */
    public String sentence() {
        return sentence;
    }

    /**
     * Finds a defect by its name.
     *
     * @param label the name
     * @return the defect; empty if there is none of that name
     */
    public static Optional<NodeDefect> of(String label) {
        return Stream.of(values())
                .filter(defect -> defect.label().equals(label))
                .findFirst();
    }

    @Override
    public String toString() {
        return label();
    }
}
