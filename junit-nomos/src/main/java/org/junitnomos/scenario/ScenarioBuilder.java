package org.junitnomos.scenario;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRule;
import org.junitnomos.topology.TopologySpec;

/**
 * Builds a plan step by step. Methods are named like the attributes of the annotations; nothing is checked before
 * {@link #build()}, which reports all problems at once. Not thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ScenarioBuilder {
    private final TopologyBuilder topology;
    private final List<WorkloadGenerator> workloads = new ArrayList<>();
    private final List<Expectation> expectations = new ArrayList<>();
    private String name = Scenario.DEFAULT_NAME;
    private String backend = Scenario.DEFAULT_BACKEND;
    private @Nullable TimeMode time;
    private Duration runWindow = Scenario.DEFAULT_RUN_WINDOW;
    private @Nullable Duration cooldown;
    private @Nullable Duration deadline;
    private ObservabilitySpec observed = ObservabilitySpec.NONE;

    ScenarioBuilder() {
        topology = new TopologyBuilder(TopologySpec.of(1, 0));
    }

    ScenarioBuilder(Scenario plan) {
        topology = new TopologyBuilder(plan.topology());
        workloads.addAll(plan.workloads());
        expectations.addAll(plan.expectations());
        name = plan.name();
        backend = plan.backend();
        time = plan.time();
        runWindow = plan.runWindow();
        cooldown = plan.cooldown();
        deadline = plan.deadline();
        observed = new ObservabilitySpec(plan.observability(), plan.observabilityImage());
    }

    /**
     * Names the scenario in reports and directories.
     *
     * @param name not blank
     * @return this
     */
    public ScenarioBuilder name(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Replaces the whole topology.
     *
     * @param topology the cluster
     * @return this
     */
    public ScenarioBuilder topology(TopologySpec topology) {
        this.topology.replace(Objects.requireNonNull(topology, "topology"));
        return this;
    }

    /**
     * Sets the number of validators.
     *
     * @param validators 0 or more; at least one node in all
     * @return this
     */
    public ScenarioBuilder validators(int validators) {
        topology.validators = validators;
        return this;
    }

    /**
     * Sets the number of executors.
     *
     * @param executors 0 or more
     * @return this
     */
    public ScenarioBuilder executors(int executors) {
        topology.executors = executors;
        return this;
    }

    /**
     * Shares the stake of the leaders out unequally.
     *
     * @param shares one for each node, validators first, 0 or more: {@code stake(50, 30, 20)}; none for equal ones
     * @return this
     */
    public ScenarioBuilder stake(int... shares) {
        topology.stake = Arrays.stream(shares).boxed().toList();
        return this;
    }

    /**
     * Sets who is connected with whom.
     *
     * @param layout the layout
     * @return this
     */
    public ScenarioBuilder layout(NetworkLayout layout) {
        topology.layout = Objects.requireNonNull(layout, "layout");
        return this;
    }

    /**
     * Sets who is connected with whom, by name.
     *
     * @param layout {@code "star"}, {@code "chain"} or {@code "full"}, in any case
     * @return this
     */
    public ScenarioBuilder layout(String layout) {
        topology.layout(Objects.requireNonNull(layout, "layout"));
        return this;
    }

    /**
     * Sets the length of a slot.
     *
     * @param slot 1 ms to 1 h; 2 s by default
     * @return this
     */
    public ScenarioBuilder slot(Duration slot) {
        topology.slot = Objects.requireNonNull(slot, "slot");
        return this;
    }

    /**
     * Sets the chance that a slot is won when all stake takes part.
     *
     * @param coefficient between 0 and 1, both excluded; 0.9 by default
     * @return this
     */
    public ScenarioBuilder activeSlotCoefficient(BigDecimal coefficient) {
        topology.activeSlotCoefficient = Objects.requireNonNull(coefficient, "coefficient");
        return this;
    }

    /**
     * Sets the chance that a slot is won when all stake takes part, as a decimal number.
     *
     * @param coefficient for example {@code "0.05"}
     * @return this
     */
    public ScenarioBuilder activeSlotCoefficient(String coefficient) {
        topology.activeSlotCoefficient(Objects.requireNonNull(coefficient, "coefficient"));
        return this;
    }

    /**
     * Sets the depth from which a block is final.
     *
     * @param k in blocks, at least 1; 10 by default
     * @return this
     */
    public ScenarioBuilder securityParameter(int k) {
        topology.securityParameter = k;
        return this;
    }

    /**
     * Lets the nodes be kinder than real ones.
     *
     * @param rules rules that they do not obey; added to those named before
     * @return this
     */
    public ScenarioBuilder withoutRules(NodeRule... rules) {
        topology.withoutRules.addAll(List.of(rules));
        return this;
    }

    /**
     * Funds wallets at genesis.
     *
     * @param count number of wallets; 0 by default
     * @return this
     */
    public ScenarioBuilder wallets(int count) {
        topology.wallets = count;
        return this;
    }

    /**
     * Sets what each wallet gets at genesis.
     *
     * @param value in base units, positive; 100 by default
     * @return this
     */
    public ScenarioBuilder walletValue(long value) {
        topology.walletValue = value;
        return this;
    }

    /**
     * Says whether nodes know the wallets, lead with their notes and tell their balances.
     *
     * @param known true: every node knows all of them; false by default
     * @return this
     */
    public ScenarioBuilder walletsKnown(boolean known) {
        topology.walletsKnown = known;
        return this;
    }

    /**
     * Sets the quality of every link.
     *
     * @param links latency, jitter and loss
     * @return this
     */
    public ScenarioBuilder links(LinkSpec links) {
        topology.links = Objects.requireNonNull(links, "links");
        return this;
    }

    /**
     * Sets the clock of a node apart from the others.
     *
     * @param node name of the node, for example {@code "validator-0"}
     * @param ahead how far it runs ahead; negative: behind; zero takes a skew back
     * @return this
     */
    public ScenarioBuilder clockSkew(String node, Duration ahead) {
        topology.clockSkew(node, ahead);
        return this;
    }

    /**
     * Lays something over the configurations of real nodes: first what is for {@code all}, then for {@code validators}
     * or {@code executors}, then for the name of a node. Mappings are merged, everything else is replaced, and values
     * of enumerations are tags. Dev nodes have no such configuration, which the first line of a run says.
     *
     * @param yaml for example {@code "all: {tracing: {level: DEBUG}}"}; empty for nothing
     * @return this
     */
    public ScenarioBuilder overlay(String yaml) {
        topology.overlay = Objects.requireNonNull(yaml, "yaml");
        return this;
    }

    /**
     * Lets any HTTP client reach the nodes, by {@link org.junitnomos.deploy.NodeHandle#url()}: an application under
     * test, for example. Nodes of the backend {@code embedded} listen on no port without it; with it the run is in real
     * time, if nothing else is said. Those of other backends always do.
     *
     * @param urls whether they are to be reached; false by default
     * @return this
     */
    public ScenarioBuilder urls(boolean urls) {
        topology.urls = urls;
        return this;
    }

    /**
     * Chooses the backend.
     *
     * @param backend its name; {@value Scenario#DEFAULT_BACKEND} by default
     * @return this
     */
    public ScenarioBuilder backend(String backend) {
        this.backend = Objects.requireNonNull(backend, "backend");
        return this;
    }

    /**
     * Chooses how time passes.
     *
     * @param time null for the default of the backend
     * @return this
     */
    public ScenarioBuilder time(@Nullable TimeMode time) {
        this.time = time;
        return this;
    }

    /**
     * Adds a workload.
     *
     * @param workload runs beside those added before
     * @return this
     */
    public ScenarioBuilder workload(WorkloadGenerator workload) {
        workloads.add(Objects.requireNonNull(workload, "workload"));
        return this;
    }

    /**
     * Replaces all workloads.
     *
     * @param workloads in their order
     * @return this
     */
    public ScenarioBuilder workloads(List<? extends WorkloadGenerator> workloads) {
        this.workloads.clear();
        this.workloads.addAll(workloads);
        return this;
    }

    /**
     * Adds an expectation.
     *
     * @param expectation its name is unique in the scenario
     * @return this
     */
    public ScenarioBuilder expect(Expectation expectation) {
        expectations.add(Objects.requireNonNull(expectation, "expectation"));
        return this;
    }

    /**
     * Replaces all expectations.
     *
     * @param expectations in their order
     * @return this
     */
    public ScenarioBuilder expectations(List<? extends Expectation> expectations) {
        this.expectations.clear();
        this.expectations.addAll(expectations);
        return this;
    }

    /**
     * Sets the length of the drive phase.
     *
     * @param runWindow in protocol time, at least two slots; one minute by default
     * @return this
     */
    public ScenarioBuilder runFor(Duration runWindow) {
        this.runWindow = Objects.requireNonNull(runWindow, "runWindow");
        return this;
    }

    /**
     * Sets the wait before the run is judged.
     *
     * @param cooldown in protocol time, 0 or more; null for the default, see {@link Scenario#cooldownTime()}
     * @return this
     */
    public ScenarioBuilder cooldown(@Nullable Duration cooldown) {
        this.cooldown = cooldown;
        return this;
    }

    /**
     * Limits the whole run.
     *
     * @param deadline in real time, positive; null for the default
     * @return this
     */
    public ScenarioBuilder deadline(@Nullable Duration deadline) {
        this.deadline = deadline;
        return this;
    }

    /** Says whether the cluster gets a Prometheus of its own, in real time; false by default. */
    public ScenarioBuilder observability(boolean wanted) {
        observed = new ObservabilitySpec(wanted, null);
        return this;
    }

    /** Gives the cluster a Prometheus of its own, in real time and in a container of that image; not blank. */
    public ScenarioBuilder observability(String image) {
        observed = new ObservabilitySpec(true, Objects.requireNonNull(image, "image"));
        return this;
    }

    /** Builds the plan as {@link #build(PlanTerms)} does, and calls what is set by the names of these methods. */
    public Scenario build() {
        return build(PlanTerms.BUILDER);
    }

    /**
     * Checks the plan and builds it.
     *
     * @param terms how those who wrote the plan call what they set
     * @return the plan
     * @throws ScenarioValidationException if anything is wrong with it; lists every problem
     */
    public Scenario build(PlanTerms terms) {
        var problems = new Problems(terms);
        topology.report(problems);
        var spec = topology.build();
        return new ScenarioValues(
                        name, spec, backend, time, workloads, expectations, runWindow, cooldown, deadline, observed)
                .checked(problems);
    }
}
