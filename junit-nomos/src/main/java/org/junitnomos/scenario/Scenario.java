package org.junitnomos.scenario;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;

/**
 * Hold the immutable plan of a run: the single source of truth. Equal by value; annotations and builder give equal
 * plans.
 *
 * <p>{@link Builder#build()} refuses a wrong plan. The canonical constructor takes any; {@link #problems()} tells what is
 * wrong with it, and the runner refuses to run it.
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
     * Begin a plan.
     *
     * @return a builder with the defaults: one validator, star layout, default consensus, no wallets, no workloads, no
     *     expectations, a run window of one minute on the embedded backend
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begin a plan from this one.
     *
     * @return a builder with everything as it is here
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * Tell everything that is wrong with this plan.
     *
     * @return one text a problem with element, bad value, expected and fix; empty if the plan can run
     */
    public List<String> problems() {
        var problems = new Problems();
        new ScenarioCheck(this, problems).check();
        return problems.texts();
    }

    /**
     * Return how time passes in a run of this plan.
     *
     * @return {@link #time()} if set; else virtual where the backend can, else real
     */
    public TimeMode timeMode() {
        return time != null ? time : Backends.defaultTime(backend);
    }

    /**
     * Return how long a run cools down before it is judged.
     *
     * @return {@link #cooldown()} if set; else the expected time of k or 5 blocks, whichever is more, in protocol time
     */
    public Duration cooldownTime() {
        return cooldown != null ? cooldown : new Forecast(this).defaultCooldown();
    }

    /**
     * Return how many slots lie in the run window.
     *
     * @return whole slots; 0 or more
     */
    public long slots() {
        return new Forecast(this).slots();
    }

    /**
     * Return how many blocks the run window should bring.
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
     * Return how many transactions the workloads plan to submit.
     *
     * @return sum over all workloads; those that do not know count 0
     */
    public long plannedTransactions() {
        return workloads.stream()
                .mapToLong(workload -> workload.plannedTransactions(this))
                .sum();
    }

    /**
     * Describe the plan and what it should bring, one entry a line: nodes, layout, expected blocks, planned
     * transactions, expected wall time and memory. The same on every machine and JDK.
     *
     * @return lines without line ends
     */
    public List<String> print() {
        return new ScenarioPrinter(this).lines();
    }

    /**
     * Build a plan step by step. Methods are named like the attributes of the annotations; nothing is checked before
     * {@link #build()}, which reports all problems at once. Not thread-safe.
     */
    public static final class Builder {
        private final TopologyBuilder topology;
        private final List<WorkloadGenerator> workloads = new ArrayList<>();
        private final List<Expectation> expectations = new ArrayList<>();
        private String name = DEFAULT_NAME;
        private String backend = DEFAULT_BACKEND;
        private @Nullable TimeMode time;
        private Duration runWindow = DEFAULT_RUN_WINDOW;
        private @Nullable Duration cooldown;
        private @Nullable Duration deadline;

        private Builder() {
            topology = new TopologyBuilder(TopologySpec.of(1, 0));
        }

        private Builder(Scenario plan) {
            topology = new TopologyBuilder(plan.topology);
            workloads.addAll(plan.workloads);
            expectations.addAll(plan.expectations);
            name = plan.name;
            backend = plan.backend;
            time = plan.time;
            runWindow = plan.runWindow;
            cooldown = plan.cooldown;
            deadline = plan.deadline;
        }

        /**
         * Name the scenario in reports and directories.
         *
         * @param name not blank
         * @return this
         */
        public Builder name(String name) {
            this.name = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Replace the whole topology.
         *
         * @param topology the cluster
         * @return this
         */
        public Builder topology(TopologySpec topology) {
            this.topology.replace(Objects.requireNonNull(topology, "topology"));
            return this;
        }

        /**
         * Set the number of validators.
         *
         * @param validators 0 or more; at least one node in all
         * @return this
         */
        public Builder validators(int validators) {
            topology.validators = validators;
            return this;
        }

        /**
         * Set the number of executors.
         *
         * @param executors 0 or more
         * @return this
         */
        public Builder executors(int executors) {
            topology.executors = executors;
            return this;
        }

        /**
         * Set who is connected with whom.
         *
         * @param layout the layout
         * @return this
         */
        public Builder layout(NetworkLayout layout) {
            topology.layout = Objects.requireNonNull(layout, "layout");
            return this;
        }

        /**
         * Set who is connected with whom, by name.
         *
         * @param layout {@code "star"}, {@code "chain"} or {@code "full"}, in any case
         * @return this
         */
        public Builder layout(String layout) {
            topology.layout(Objects.requireNonNull(layout, "layout"));
            return this;
        }

        /**
         * Set the length of a slot.
         *
         * @param slot 1 ms to 1 h; 2 s by default
         * @return this
         */
        public Builder slot(Duration slot) {
            topology.slot = Objects.requireNonNull(slot, "slot");
            return this;
        }

        /**
         * Set the chance that a slot is won when all stake takes part.
         *
         * @param coefficient between 0 and 1, both excluded; 0.9 by default
         * @return this
         */
        public Builder activeSlotCoefficient(BigDecimal coefficient) {
            topology.activeSlotCoefficient = Objects.requireNonNull(coefficient, "coefficient");
            return this;
        }

        /**
         * Set the chance that a slot is won when all stake takes part, as a decimal number.
         *
         * @param coefficient for example {@code "0.05"}
         * @return this
         */
        public Builder activeSlotCoefficient(String coefficient) {
            topology.activeSlotCoefficient(Objects.requireNonNull(coefficient, "coefficient"));
            return this;
        }

        /**
         * Set the depth from which a block is final.
         *
         * @param k in blocks, at least 1; 10 by default
         * @return this
         */
        public Builder securityParameter(int k) {
            topology.securityParameter = k;
            return this;
        }

        /**
         * Fund wallets at genesis.
         *
         * @param count number of wallets; 0 by default
         * @return this
         */
        public Builder wallets(int count) {
            topology.wallets = count;
            return this;
        }

        /**
         * Set what each wallet gets at genesis.
         *
         * @param value in base units, positive; 100 by default
         * @return this
         */
        public Builder walletValue(long value) {
            topology.walletValue = value;
            return this;
        }

        /**
         * Set the quality of every link.
         *
         * @param links latency, jitter and loss
         * @return this
         */
        public Builder links(LinkSpec links) {
            topology.links = Objects.requireNonNull(links, "links");
            return this;
        }

        /**
         * Set the clock of a node apart from the others.
         *
         * @param node name of the node, for example {@code "validator-0"}
         * @param ahead how far it runs ahead; negative: behind; zero takes a skew back
         * @return this
         */
        public Builder clockSkew(String node, Duration ahead) {
            topology.clockSkew(node, ahead);
            return this;
        }

        /**
         * Choose the backend.
         *
         * @param backend its name; {@value Scenario#DEFAULT_BACKEND} by default
         * @return this
         */
        public Builder backend(String backend) {
            this.backend = Objects.requireNonNull(backend, "backend");
            return this;
        }

        /**
         * Choose how time passes.
         *
         * @param time null for the default of the backend
         * @return this
         */
        public Builder time(@Nullable TimeMode time) {
            this.time = time;
            return this;
        }

        /**
         * Add a workload.
         *
         * @param workload runs beside those added before
         * @return this
         */
        public Builder workload(WorkloadGenerator workload) {
            workloads.add(Objects.requireNonNull(workload, "workload"));
            return this;
        }

        /**
         * Replace all workloads.
         *
         * @param workloads in their order
         * @return this
         */
        public Builder workloads(List<? extends WorkloadGenerator> workloads) {
            this.workloads.clear();
            this.workloads.addAll(workloads);
            return this;
        }

        /**
         * Add an expectation.
         *
         * @param expectation its name is unique in the scenario
         * @return this
         */
        public Builder expect(Expectation expectation) {
            expectations.add(Objects.requireNonNull(expectation, "expectation"));
            return this;
        }

        /**
         * Replace all expectations.
         *
         * @param expectations in their order
         * @return this
         */
        public Builder expectations(List<? extends Expectation> expectations) {
            this.expectations.clear();
            this.expectations.addAll(expectations);
            return this;
        }

        /**
         * Set the length of the drive phase.
         *
         * @param runWindow in protocol time, at least two slots; one minute by default
         * @return this
         */
        public Builder runFor(Duration runWindow) {
            this.runWindow = Objects.requireNonNull(runWindow, "runWindow");
            return this;
        }

        /**
         * Set the wait before the run is judged.
         *
         * @param cooldown in protocol time, 0 or more; null for the default, see {@link Scenario#cooldownTime()}
         * @return this
         */
        public Builder cooldown(@Nullable Duration cooldown) {
            this.cooldown = cooldown;
            return this;
        }

        /**
         * Limit the whole run.
         *
         * @param deadline in real time, positive; null for the default
         * @return this
         */
        public Builder deadline(@Nullable Duration deadline) {
            this.deadline = deadline;
            return this;
        }

        /**
         * Check the plan and build it.
         *
         * @return the plan
         * @throws ScenarioValidationException if anything is wrong with it; lists every problem
         */
        public Scenario build() {
            var problems = new Problems();
            topology.report(problems);
            var plan = new Scenario(
                    name, topology.build(), backend, time, workloads, expectations, runWindow, cooldown, deadline);
            new ScenarioCheck(plan, problems).check();
            if (!problems.texts().isEmpty()) {
                throw new ScenarioValidationException("Scenario '" + name + "'", problems.texts());
            }
            return plan;
        }
    }
}
