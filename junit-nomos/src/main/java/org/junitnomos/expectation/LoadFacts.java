package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent.LoadDelivered;
import org.junitnomos.scenario.Problems;

/** What the workloads of a run were to deliver, what they did deliver, and whether the run was cut. */
final class LoadFacts {
    private final List<LoadDelivered> accounts = new ArrayList<>();
    private final @Nullable String cut;

    /** Reads the accounts of some kinds of load. */
    LoadFacts(RunFacts facts, String... loads) {
        this.cut = facts.cut();
        var wanted = List.of(loads);
        for (var event : facts.events) {
            if (event instanceof LoadDelivered account && wanted.contains(account.load())) {
                accounts.add(account);
            }
        }
    }

    static void validate(Problems problems, String component, int percent) {
        if (percent < 0 || percent > 100) {
            problems.add(component, percent, "0 to 100 percent", "Change it");
        }
    }

    boolean isCut() {
        return cut != null;
    }

    /** A clause that says why the run was cut; empty if it was not. */
    String becauseOfTheCut() {
        return cut == null ? "" : "; the run was cut: " + cut;
    }

    /** One clause an account, the worst first, of those below a share; empty if there is none. */
    Optional<String> shortfall(int percent) {
        var texts = accounts.stream()
                .filter(each -> each.accepted() * 100 < percent * each.planned())
                .map(each -> "workload '" + each.workload() + "' delivered only " + each.accepted() + " of "
                        + each.planned() + " " + each.load() + " that were due, less than " + percent + " %"
                        + mainCause(each.missed()))
                .toList();
        return texts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", texts));
    }

    /** Why nothing was delivered, or not more; empty if the accounts do not tell. */
    Optional<String> mainCause() {
        var all = new LinkedHashMap<String, Long>();
        accounts.forEach(each -> each.missed().forEach((reason, count) -> all.merge(reason, count, Long::sum)));
        var main = mainCause(all);
        return main.isEmpty() ? Optional.empty() : Optional.of(main.substring(2));
    }

    private static String mainCause(Map<String, Long> missed) {
        Map.Entry<String, Long> main = null;
        for (var entry : missed.entrySet()) {
            if (main == null || entry.getValue() > main.getValue()) {
                main = entry;
            }
        }
        return main == null ? "" : ": " + main.getKey() + " (" + main.getValue() + ")";
    }

    /** All accounts for a text, one clause each; empty if no workload kept one. */
    String text() {
        return String.join(
                "; ",
                accounts.stream()
                        .map(each -> each.load() + " of '" + each.workload() + "': " + each.planned()
                                + " were due, " + each.submitted() + " submitted, " + each.accepted() + " accepted"
                                + reasons(each.missed()))
                        .toList());
    }

    private static String reasons(Map<String, Long> missed) {
        return missed.isEmpty()
                ? ""
                : ", the others not because "
                        + String.join(
                                ", ",
                                missed.entrySet().stream()
                                        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                                        .toList());
    }
}
