package org.junitnomos.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.topology.TopologySpec;

/**
 * The immutable plan of a run: the single source of truth. Equal by value; annotations and builder give equal
 * plans.
 *
 * <p>{@link ScenarioBuilder#build()} refuses a wrong plan. The canonical constructor takes any; {@link #problems()}
 * tells what is wrong with it, and the runner refuses to run it.
 *
 * @param name name in reports and directories; not blank
 * @param topology the cluster
 * @param backend name of the backend; {@value #DEFAULT_BACKEND} by default
 * @param time how time passes; null for the backend's default, see {@link #timeMode()}
 * @param workloads load and behavior
 * @param expectations what must hold
 * @param runWindow length of the drive phase, in protocol time; at least two slots
 * @param cooldown wait before judging, in protocol time; null for the default, see {@link #cooldownTime()}
 * @param deadline limit of the whole run in real time; null for the default, which the runner computes
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Scenario(
        String name,
        TopologySpec topology,
        String backend,
        @Nullable TimeMode time,
        List<WorkloadGenerator> workloads,
        List<Expectation> expectations,
        Duration runWindow,
        @Nullable Duration cooldown,
        @Nullable Duration deadline) {
    /** Name of the backend that needs nothing but the JVM of the test. */
    public static final String DEFAULT_BACKEND = "embedded";

    /** Name of a scenario that was given none. */
    public static final String DEFAULT_NAME = "scenario";

    /** Length of the drive phase unless another is asked for: one minute. */
    public static final Duration DEFAULT_RUN_WINDOW = Duration.ofMinutes(1);

    public Scenario {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(topology, "topology");
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(runWindow, "runWindow");
        workloads = List.copyOf(workloads);
        expectations = List.copyOf(expectations);
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
     * @return {@link #time()} if set; else virtual where the backend can, else real
     */
    public TimeMode timeMode() {
        return time != null ? time : Backends.defaultTime(backend);
    }

    /**
     * Returns how long a run cools down before it is judged.
     *
     * @return {@link #cooldown()} if set; else the expected time of k or 5 blocks, whichever is more, in protocol time
     */
    public Duration cooldownTime() {
        return cooldown != null ? cooldown : new Forecast(this).defaultCooldown();
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
     * <p>Formula: slots times {@link TopologySpec#chanceOfBlock}, rounded to the nearest integer, where every node
     * leads with its genesis stake and wallets hold stake without leading (node contract 3.3). Forks and the delay of
     * links make the longest chain a little shorter.
     *
     * @return number of blocks; 0 or more
     */
    public long expectedBlocks() {
        return new Forecast(this).blocks();
    }

    /**
     * Returns how many transactions the workloads plan to submit.
     *
     * @return sum over all workloads; those that do not know count 0
     */
    public long plannedTransactions() {
        return workloads.stream()
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
}
