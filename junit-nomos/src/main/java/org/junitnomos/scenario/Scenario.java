package org.junitnomos.scenario;

import java.time.Duration;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.topology.TopologySpec;

/**
 * The immutable plan of a run: the single source of truth. Equal by value; annotations and builder give equal
 * plans.
 *
 * <p>{@link ScenarioBuilder#build()} refuses a wrong plan; {@link #problems()} tells what is wrong with one.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Scenario {
    /** Name of the backend that needs nothing but the JVM of the test. */
    public static final String DEFAULT_BACKEND = "embedded";

    /** Name of a scenario that was given none. */
    public static final String DEFAULT_NAME = "scenario";

    /** Length of the drive phase unless another is asked for: one minute. */
    public static final Duration DEFAULT_RUN_WINDOW = Duration.ofMinutes(1);

    private final ScenarioValues values;
    private volatile @Nullable Selection selection;

    Scenario(ScenarioValues values) {
        this.values = values;
    }

    /** {@return name in reports and directories; not blank} */
    public String name() {
        return values.name();
    }

    /** {@return the cluster} */
    public TopologySpec topology() {
        return values.topology();
    }

    /** {@return name of the backend; {@value #DEFAULT_BACKEND} by default} */
    public String backend() {
        return values.backend();
    }

    /** {@return how time passes; null for the backend's default, see {@link #timeMode()}} */
    public @Nullable TimeMode time() {
        return values.time();
    }

    /** {@return load and behavior} */
    public List<WorkloadGenerator> workloads() {
        return values.workloads();
    }

    /** {@return what must hold, as it was named; groups and workloads may bring more} */
    public List<Expectation> expectations() {
        return values.expectations();
    }

    /** {@return which expectations judge a run: those of {@link #expectations()}, and those that the plan brings} */
    @API(status = API.Status.INTERNAL, since = "0.1")
    public Selection selection() {
        var known = selection;
        if (known == null) {
            known = Selection.of(this);
            selection = known;
        }
        return known;
    }

    /** {@return length of the drive phase, in protocol time; at least two slots} */
    public Duration runWindow() {
        return values.runWindow();
    }

    /** {@return wait before judging, in protocol time; null for the default, see {@link #cooldownTime()}} */
    public @Nullable Duration cooldown() {
        return values.cooldown();
    }

    /** {@return limit of the whole run in real time; null for the default, which the runner computes} */
    public @Nullable Duration deadline() {
        return values.deadline();
    }

    /** {@return whether the cluster has a Prometheus of its own} */
    public boolean observability() {
        return values.observed().wanted();
    }

    /**
     * {@return the image of that Prometheus, which then runs in a container; null for the program {@code prometheus} of
     * this machine, or the usual image where there is none}
     */
    public @Nullable String observabilityImage() {
        return values.observed().image();
    }

    /**
     * Begins a plan.
     *
     * @return a builder with the defaults: one validator, star layout, default consensus, no wallets, no workloads, no
     *     expectations, a run window of one minute on the embedded backend
     */
    public static ScenarioBuilder builder() {
        return new ScenarioBuilder();
    }

    /**
     * Begins a plan from this one.
     *
     * @return a builder with everything as it is here
     */
    public ScenarioBuilder toBuilder() {
        return new ScenarioBuilder(this);
    }

    /**
     * Tells everything that is wrong with this plan.
     *
     * @return one text a problem with element, bad value, expected and fix; empty if the plan can run
     */
    public List<String> problems() {
        return problems(PlanTerms.BUILDER);
    }

    /**
     * Tells everything that is wrong with this plan, as those know it who wrote it.
     *
     * @param terms how they call what they set
     * @return one text a problem with element, bad value, expected and fix; empty if the plan can run
     */
    public List<String> problems(PlanTerms terms) {
        var problems = new Problems(terms);
        new ScenarioCheck(this, problems).check();
        return problems.texts();
    }

    /**
     * Returns how time passes in a run of this plan.
     *
     * @return {@link #time()} if set; else virtual where the backend can and no node needs a URL, else real
     */
    public TimeMode timeMode() {
        TimeMode asked = time();
        if (asked != null) {
            return asked;
        }
        return topology().urls() ? TimeMode.REAL : Backends.defaultTime(backend());
    }

    /**
     * Returns how long a run cools down before it is judged.
     *
     * @return {@link #cooldown()} if set; else the expected time of k or 5 blocks, whichever is more, in protocol time
     */
    public Duration cooldownTime() {
        Duration asked = cooldown();
        return asked != null ? asked : new Forecast(this).defaultCooldown();
    }

    /**
     * Returns how many slots lie in the run window.
     *
     * @return whole slots; 0 or more
     */
    public long slots() {
        return new Forecast(this).slots();
    }

    /**
     * Returns how many blocks the run window should bring.
     *
     * <p>Formula: slots times {@link #chanceOfBlock()}, rounded to the nearest integer. Forks and the delay of links
     * make the longest chain a little shorter.
     *
     * @return number of blocks; 0 or more
     */
    public long expectedBlocks() {
        return new Forecast(this).blocks();
    }

    /**
     * Returns the chance that a slot of the run window has a winner, with every node up: {@link
     * TopologySpec#chanceOfBlock()} from the notes of genesis that lead (node contract 3.3). Where nodes know the
     * wallets, those that {@linkplain WorkloadGenerator#walletUse workloads spend from} lead less and less, and this is
     * the mean.
     *
     * @return the chance, 0 to 1
     */
    public double chanceOfBlock() {
        return new Forecast(this).chanceOfBlock();
    }

    /**
     * Returns how many transactions the workloads plan to submit.
     *
     * @return sum over all workloads; those that do not know count 0
     */
    public long plannedTransactions() {
        return workloads().stream()
                .mapToLong(workload -> workload.plannedTransactions(this))
                .sum();
    }

    /**
     * Describes the plan and what it should bring, one entry a line: nodes, layout, expected blocks, planned
     * transactions, expected wall time and memory. The same on every machine and JDK.
     *
     * @return lines without line ends
     */
    public List<String> print() {
        return new ScenarioPrinter(this).lines();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Scenario plan && values.equals(plan.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString().replaceFirst(ScenarioValues.class.getSimpleName(), "Scenario");
    }
}
