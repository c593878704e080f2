package org.junitnomos.scenario;

import static org.junitnomos.scenario.ScenarioCheck.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junitnomos.time.CountText;
import org.junitnomos.topology.LeaderOdds;
import org.junitnomos.topology.NodeSpec;

/** Describes a plan in lines; part of the journal, so the same on every machine and JDK. */
final class ScenarioPrinter {
    private static final int DECIMALS = 6;

    private final Scenario scenario;
    private final Forecast forecast;

    ScenarioPrinter(Scenario scenario) {
        this.scenario = scenario;
        this.forecast = new Forecast(scenario);
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("scenario: " + scenario.name() + ", backend " + scenario.backend() + ", "
                + scenario.timeMode().label() + " time");
        describeCluster(lines);
        lines.add("run window: " + text(scenario.runWindow()) + " = " + CountText.of(scenario.slots(), "slot")
                + ", cooldown " + text(scenario.cooldownTime()));
        lines.add("expected blocks: " + scenario.expectedBlocks() + " = " + CountText.of(scenario.slots(), "slot")
                + " x "
                + decimal(forecast.chanceOfBlock()) + ", the chance of a winner with f "
                + scenario.topology().consensus().activeSlotCoefficient().toPlainString() + " and "
                + forecast.leadingStake() + " of " + scenario.topology().totalStake() + " stake leading");
        describeParts(lines);
        lines.add("planned transactions: " + scenario.plannedTransactions());
        lines.add("expected wall time: about " + text(forecast.wallTime()));
        lines.add("expected memory: about " + forecast.memoryMegabytes() + " MB");
        return List.copyOf(lines);
    }

    private void describeCluster(List<String> lines) {
        var topology = scenario.topology();
        var names = topology.nodes().stream().map(NodeSpec::name).toList();
        lines.add("nodes: " + topology.size() + " (" + String.join(", ", names) + ")");
        lines.add("layout: " + topology.layout().name().toLowerCase(Locale.ROOT) + ", links of "
                + text(topology.links().latency()) + " + up to "
                + text(topology.links().jitter()) + " jitter, "
                + topology.links().lossPerMille() + " of 1000 lost"
                + (topology.links().bandwidth() == 0
                        ? ""
                        : ", " + topology.links().bandwidth() + " bytes per second"));
        topology.clockSkews()
                .forEach((node, ahead) -> lines.add("clock skew: " + node + " is " + text(ahead.abs())
                        + (ahead.isNegative() ? " behind" : " ahead")));
        var consensus = topology.consensus();
        lines.add("consensus: slot " + text(consensus.slotDuration()) + ", f "
                + consensus.activeSlotCoefficient().toPlainString() + ", k " + consensus.securityParameter());
        for (var rule : consensus.withoutRules()) {
            lines.add("kinder than real nodes: without the rule " + rule.label());
        }
        if (!topology.overlay().isEmpty()) {
            lines.add("overlay of real nodes' configurations: "
                    + topology.overlay().strip().replaceAll("\\s*\\R\\s*", " | "));
        }
        if (topology.urls()) {
            lines.add("URLs: every node is reached by any HTTP client");
        }
        if (scenario.observability()) {
            var image = scenario.observabilityImage();
            lines.add("observability: a Prometheus"
                    + (image == null ? "" : " in a container of image '" + image + "'")
                    + " scrapes what is measured");
        }
        describeStake(lines);
        lines.add("wallets: " + topology.wallets().count() + " with "
                + topology.wallets().valueEach() + " base units each"
                + (topology.wallets().known() ? ", known to every node, which leads with their notes" : ""));
    }

    /** Says what each node leads with, and how often it does, where that is not the same for all. */
    private void describeStake(List<String> lines) {
        var topology = scenario.topology();
        var odds = new LeaderOdds(topology);
        if (!topology.stake().isEmpty()) {
            lines.add("stake: "
                    + topology.nodes().stream()
                            .map(node -> node.name() + " " + topology.leaderStake(node.index()) + " (leads "
                                    + decimal(odds.chanceOf(node.index(), odds.leadingWallets())) + " of the slots)")
                            .collect(Collectors.joining(", ")));
        }
    }

    private void describeParts(List<String> lines) {
        for (var workload : scenario.workloads()) {
            lines.add("workload: " + workload.name() + ", plans "
                    + CountText.of(workload.plannedTransactions(scenario), "transaction") + SettingsText.of(workload));
        }
        var selection = scenario.selection();
        var brought = selection.brought();
        for (var expectation : selection.expectations()) {
            lines.add("expectation: " + expectation.name() + SettingsText.of(expectation)
                    + (brought.contains(expectation) ? ", brought by the plan" : ""));
        }
        for (var out : selection.leftOut()) {
            lines.add("left out: " + out.expectation() + ": " + out.reason());
        }
    }

    /** Writes a double in decimals that are the same on every JDK. */
    static String decimal(double value) {
        return new BigDecimal(value)
                .setScale(DECIMALS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
