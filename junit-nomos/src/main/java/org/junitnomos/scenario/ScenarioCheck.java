package org.junitnomos.scenario;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.time.DurationText;
import org.junitnomos.topology.LinkSpec;

/** Finds everything that is wrong with a plan: the cluster ({@link TopologyCheck}), the backend, times and parts. */
final class ScenarioCheck {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int LEAST_SLOTS = 2;

    private final Scenario scenario;
    private final Problems problems;
    private final Optional<Deployer> deployer;

    ScenarioCheck(Scenario scenario, Problems problems) {
        this.scenario = scenario;
        this.problems = problems;
        this.deployer = Backends.find(scenario.backend());
    }

    void check() {
        if (scenario.name().isBlank()) {
            problems.add(PlanTerm.NAME, quoted(scenario.name()), "a name that is not blank", "Name the scenario");
        }
        int before = problems.texts().size();
        new TopologyCheck(scenario.topology(), problems).check();
        boolean soundTopology = problems.texts().size() == before;
        checkBackend();
        checkRunWindow(soundTopology);
        checkCooldown();
        checkDeadline();
        checkParts();
    }

    private void checkBackend() {
        if (deployer.isEmpty()) {
            var names = Backends.all().stream().map(Deployer::backend).toList();
            problems.add(
                    PlanTerm.BACKEND,
                    quoted(scenario.backend()),
                    "one of " + names,
                    "Name one of them, or add the module that provides it to the class path");
            return;
        }
        if (scenario.time() == TimeMode.VIRTUAL) {
            require(Capability.VIRTUAL_TIME, PlanTerm.TIME, "virtual", "Use real time, or the embedded backend");
        }
        if (scenario.topology().urls() && scenario.timeMode() == TimeMode.VIRTUAL) {
            problems.add(
                    PlanTerm.URLS,
                    "true in virtual time",
                    "real time, in which other HTTP clients live",
                    "Remove it, or what asks for virtual time: " + problems.name(PlanTerm.TIME)
                            + ", or the setting nomos.time");
        }
        if (scenario.observability() && scenario.timeMode() == TimeMode.VIRTUAL) {
            problems.add(
                    PlanTerm.OBSERVABILITY,
                    "true in virtual time",
                    "real time: a Prometheus lives in the time of this machine, and would see minutes pass in a moment",
                    "Remove it, for run.metrics() and bounds of metrics need none; or run in real time, by "
                            + problems.name(PlanTerm.TIME) + " and without the setting nomos.time=virtual");
        }
        checkImage();
        if (!scenario.topology().clockSkews().isEmpty()) {
            require(
                    Capability.CLOCK_SKEW,
                    PlanTerm.SKEWED_NODE,
                    scenario.topology().clockSkews().keySet(),
                    "Remove the clock skews, or choose another backend");
        }
        var withoutRules = scenario.topology().consensus().withoutRules();
        if (!withoutRules.isEmpty()) {
            require(
                    Capability.KINDER_NODES,
                    PlanTerm.WITHOUT_RULES,
                    withoutRules,
                    "Let the nodes obey all rules, as real ones do");
        }
        if (scenario.topology().links().bandwidth() > 0) {
            require(
                    Capability.BANDWIDTH,
                    PlanTerm.BANDWIDTH,
                    scenario.topology().links().bandwidth(),
                    "Remove the bandwidth, or choose another backend");
        }
        if (!scenario.topology().links().withBandwidth(0).equals(LinkSpec.DEFAULT)) {
            require(
                    Capability.LINK_QUALITY,
                    PlanTerm.LINKS,
                    "set",
                    "Remove the link settings, or choose another backend");
        }
    }

    private void checkImage() {
        var image = scenario.observabilityImage();
        if (image != null && (image.isEmpty() || image.chars().anyMatch(Character::isWhitespace))) {
            problems.add(
                    PlanTerm.OBSERVABILITY_IMAGE,
                    quoted(image),
                    "the name of an image, without blanks",
                    "Name one such as prom/prometheus:v2.53.1");
        } else if (image != null && !scenario.observability()) {
            problems.add(
                    PlanTerm.OBSERVABILITY_IMAGE,
                    quoted(image) + " without a Prometheus",
                    "an image only where " + problems.name(PlanTerm.OBSERVABILITY) + " is true",
                    "Remove one of them");
        }
    }

    private void require(Capability capability, PlanTerm term, Object value, String fix) {
        if (lacks(capability)) {
            problems.add(term, value, "a backend with " + capability.label() + ": " + ability() + why(capability), fix);
        }
    }

    private boolean lacks(Capability capability) {
        return deployer.isPresent() && !deployer.get().capabilities().contains(capability);
    }

    private String ability() {
        var capabilities = deployer.map(Deployer::capabilities).orElse(Set.of());
        var labels = List.of(Capability.values()).stream()
                .filter(capabilities::contains)
                .map(Capability::label)
                .toList();
        return "backend '" + scenario.backend() + "' has "
                + (labels.isEmpty() ? "no capability" : String.join(", ", labels));
    }

    private String why(Capability capability) {
        return deployer.flatMap(backend -> backend.whyNot(capability))
                .map(reason -> "; " + reason)
                .orElse("");
    }

    private void checkRunWindow(boolean soundTopology) {
        Duration window = scenario.runWindow();
        if (window.isNegative() || window.isZero()) {
            problems.add(PlanTerm.RUN_WINDOW, text(window), "a positive duration", "Run for at least two slots");
        } else if (window.compareTo(LONGEST) > 0) {
            problems.add(PlanTerm.RUN_WINDOW, text(window), "at most 365 days", "Run for a shorter time");
        } else if (soundTopology && scenario.slots() < LEAST_SLOTS) {
            Duration slot = scenario.topology().consensus().slotDuration();
            problems.given(PlanTerm.SLOT)
                    .add(
                            PlanTerm.RUN_WINDOW,
                            text(window),
                            "at least 2 slots of " + text(slot),
                            "Run for at least " + text(slot.multipliedBy(LEAST_SLOTS)));
        } else if (soundTopology && scenario.expectedBlocks() == 0) {
            problems.given(PlanTerm.ofLottery())
                    .add(
                            PlanTerm.RUN_WINDOW,
                            text(window),
                            "a run window in which at least 1 block is expected: a slot has a winner with chance "
                                    + ScenarioPrinter.decimal(new Forecast(scenario).chanceOfBlock()),
                            "Run longer, raise the active slot coefficient, or give the wallets less stake");
        }
    }

    private void checkCooldown() {
        Duration cooldown = scenario.cooldown();
        if (cooldown == null) {
            return;
        }
        if (cooldown.isNegative()) {
            problems.add(PlanTerm.COOLDOWN, text(cooldown), "0 s or more", "Remove it for the default");
        } else if (cooldown.compareTo(LONGEST) > 0) {
            problems.add(PlanTerm.COOLDOWN, text(cooldown), "at most 365 days", "Cool down for a shorter time");
        }
    }

    private void checkDeadline() {
        Duration deadline = scenario.deadline();
        if (deadline == null) {
            return;
        }
        if (deadline.isNegative() || deadline.isZero()) {
            problems.add(PlanTerm.DEADLINE, text(deadline), "a positive duration", "Remove it for the default");
            return;
        }
        Duration window = scenario.runWindow();
        Duration cooldown = scenario.cooldownTime();
        boolean sound = !window.isNegative() && window.compareTo(LONGEST) <= 0 && cooldown.compareTo(LONGEST) <= 0;
        if (sound && scenario.timeMode() == TimeMode.REAL && deadline.compareTo(window.plus(cooldown)) < 0) {
            problems.given(PlanTerm.RUN_WINDOW, PlanTerm.COOLDOWN)
                    .add(
                            PlanTerm.DEADLINE,
                            text(deadline),
                            "at least the run window of " + text(window) + " and the cooldown of " + text(cooldown)
                                    + ", which pass in real time",
                            "Raise the deadline or shorten the run window");
        }
    }

    private void checkParts() {
        for (var workload : scenario.workloads()) {
            String name = name("workload", workload, workload::name);
            if (name != null) {
                checkCapabilities("workload '" + name + "'", workload.requires());
                guarded(
                        "workload '" + name + "'",
                        () -> workload.validate(scenario, problems.of(workload, "workload", name)));
            }
        }
        var names = new LinkedHashSet<String>();
        for (var expectation : scenario.expectations()) {
            String name = name("expectation", expectation, expectation::name);
            if (name != null) {
                if (!names.add(name)) {
                    problems.add(
                            "expectation '" + name + "'",
                            "declared twice",
                            "one expectation of a name",
                            "Remove one, or give it another name");
                }
                checkCapabilities("expectation '" + name + "'", expectation.requires());
                guarded(
                        "expectation '" + name + "'",
                        () -> expectation.validate(scenario, problems.of(expectation, "expectation", name)));
            }
        }
    }

    private @Nullable String name(String kind, Object part, Supplier<@Nullable String> name) {
        String found = null;
        try {
            found = name.get();
        } catch (RuntimeException e) {
            problems.add("the name of " + kind + " " + part.getClass().getName(), e, "a name", "Repair name()");
            return null;
        }
        if (found == null || found.isBlank()) {
            problems.add(
                    "the name of " + kind + " " + part.getClass().getName(),
                    found == null ? "null" : quoted(found),
                    "lower-case words",
                    "Return a name that is not blank");
            return null;
        }
        return found;
    }

    private void checkCapabilities(String part, List<Capability> needed) {
        for (var capability : needed) {
            if (lacks(capability)) {
                problems.add(
                        part,
                        "not possible on backend '" + scenario.backend() + "'",
                        "a backend with " + capability.label() + ": " + ability() + why(capability),
                        "Remove it or choose another backend");
            }
        }
    }

    private void guarded(String part, Runnable validation) {
        try {
            validation.run();
        } catch (RuntimeException e) {
            problems.add("the check of " + part, "failing with " + e, "problems, not exceptions", "Repair validate()");
        }
    }

    static String text(Duration duration) {
        return DurationText.format(duration);
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }
}
