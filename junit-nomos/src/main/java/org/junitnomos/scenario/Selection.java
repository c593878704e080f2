package org.junitnomos.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Which expectations judge the runs of a plan: those that it names, those that its groups bring, and those that its
 * workloads bring. Settled at BUILD.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Selection {
    private final List<Expectation> expectations = new ArrayList<>();
    private final Map<String, LeftOut> leftOut = new LinkedHashMap<>();
    private final int named;

    private Selection(Scenario scenario) {
        var groups = new ArrayList<ExpectationGroup>();
        for (var expectation : scenario.expectations()) {
            if (expectation instanceof ExpectationGroup group) {
                groups.add(group);
            } else {
                expectations.add(expectation);
            }
        }
        named = expectations.size();
        for (var group : groups) {
            group.candidates(scenario).forEach(candidate -> bring(scenario, candidate));
        }
        for (var workload : scenario.workloads()) {
            workload.expectations(scenario).stream()
                    .map(ExpectationGroup.Candidate::of)
                    .forEach(candidate -> bring(scenario, candidate));
        }
    }

    static Selection of(Scenario scenario) {
        return new Selection(scenario);
    }

    private void bring(Scenario scenario, ExpectationGroup.Candidate candidate) {
        var expectation = candidate.expectation();
        String name = expectation.name();
        if (expectation instanceof ExpectationGroup || leftOut.containsKey(name) || isThere(expectation)) {
            return;
        }
        String missing = candidate.missing() == null ? missing(scenario, expectation) : candidate.missing();
        if (missing == null) {
            expectations.add(expectation);
        } else {
            leftOut.put(name, new LeftOut(name, missing));
        }
    }

    private boolean isThere(Expectation expectation) {
        return expectations.stream()
                .anyMatch(other -> other.getClass() == expectation.getClass()
                        || other.name().equals(expectation.name()));
    }

    private static @Nullable String missing(Scenario scenario, Expectation expectation) {
        var deployer = Backends.find(scenario.backend());
        for (var capability : expectation.requires()) {
            if (deployer.isPresent() && !deployer.get().capabilities().contains(capability)) {
                return "backend '" + scenario.backend() + "' does not have the capability '" + capability.label() + "'";
            }
        }
        var problems = new Problems();
        expectation.validate(scenario, problems.of(expectation, "expectation", expectation.name()));
        return problems.texts().isEmpty() ? null : problems.texts().get(0).replaceFirst("\\.$", "");
    }

    /** {@return what judges, in order: what the plan names comes first} */
    public List<Expectation> expectations() {
        return List.copyOf(expectations);
    }

    /** {@return what judges although the plan does not name it} */
    public List<Expectation> brought() {
        return List.copyOf(expectations.subList(named, expectations.size()));
    }

    /** {@return what could have judged but for the plan} */
    public List<LeftOut> leftOut() {
        return List.copyOf(leftOut.values());
    }

    /** Finds an expectation that judges by its place; empty if there is none. */
    public Optional<Expectation> at(int index) {
        return index < expectations.size() ? Optional.of(expectations.get(index)) : Optional.empty();
    }
}
