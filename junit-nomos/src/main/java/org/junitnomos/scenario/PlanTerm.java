package org.junitnomos.scenario;

import org.apiguardian.api.API;

/** What can be set in a plan beside workloads and expectations, so that problems can name it; see {@link PlanTerms}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum PlanTerm {
    /** Name of the scenario. */
    NAME("name"),
    /** Who provisions the nodes. */
    BACKEND("backend"),
    /** How time passes. */
    TIME("time"),
    /** Length of the drive phase. */
    RUN_WINDOW("runFor"),
    /** Wait before the run is judged. */
    COOLDOWN("cooldown"),
    /** Limit of the whole run. */
    DEADLINE("deadline"),
    /** The cluster as a whole. */
    TOPOLOGY("topology"),
    /** Number of validators. */
    VALIDATORS("validators"),
    /** Number of executors. */
    EXECUTORS("executors"),
    /** Shares of the nodes in the stake. */
    STAKE("stake"),
    /** Length of a slot. */
    SLOT("slot"),
    /** Chance that a slot is won. */
    ACTIVE_SLOT_COEFFICIENT("activeSlotCoefficient"),
    /** Depth from which a block is final. */
    SECURITY_PARAMETER("securityParameter"),
    /** Rules that the nodes do not obey. */
    WITHOUT_RULES("withoutRules"),
    /** A Prometheus of the cluster's own. */
    OBSERVABILITY("observability"),
    /** The image of that Prometheus. */
    OBSERVABILITY_IMAGE("observability"),
    /** URLs of the nodes for any HTTP client. */
    URLS("urls"),
    /** Number of wallets. */
    WALLETS("wallets"),
    /** What each wallet gets. */
    WALLET_VALUE("walletValue"),
    /** Quality of the links as a whole. */
    LINKS("links"),
    /** Delay of every link. */
    LATENCY("links.latency"),
    /** Largest extra delay of every link. */
    JITTER("links.jitter"),
    /** Loss of every link. */
    LOSS_PER_MILLE("links.lossPerMille"),
    /** Bandwidth of every link. */
    BANDWIDTH("links.bandwidth"),
    /** Nodes whose clocks are set apart. */
    SKEWED_NODE("clockSkew"),
    /** How far clocks are set apart. */
    CLOCK_SKEW("clockSkew"),
    /** The built-in workload of transactions. */
    TRANSACTIONS("a TransactionWorkload"),
    /** The built-in workload of blobs. */
    BLOBS("a DataAvailabilityWorkload");

    private static final PlanTerm[] LOTTERY = {
        TOPOLOGY, VALIDATORS, EXECUTORS, STAKE, SLOT, ACTIVE_SLOT_COEFFICIENT, WALLETS, WALLET_VALUE
    };

    private final String inBuilder;

    PlanTerm(String inBuilder) {
        this.inBuilder = inBuilder;
    }

    /**
     * Returns what decides how many blocks are expected in a time: slots, nodes and their stake.
     *
     * @return a new array
     */
    public static PlanTerm[] ofLottery() {
        return LOTTERY.clone();
    }

    /**
     * Returns what users of the {@link ScenarioBuilder} call it.
     *
     * @return the name of its method or class
     */
    public String inBuilder() {
        return inBuilder;
    }
}
