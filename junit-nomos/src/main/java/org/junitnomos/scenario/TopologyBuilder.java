package org.junitnomos.scenario;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRule;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** The part of {@link ScenarioBuilder} that describes the cluster; keeps texts that cannot be read until build. */
final class TopologyBuilder {
    int validators;
    int executors;
    NetworkLayout layout = NetworkLayout.STAR;
    Duration slot = ConsensusParameters.DEFAULT.slotDuration();
    BigDecimal activeSlotCoefficient = ConsensusParameters.DEFAULT.activeSlotCoefficient();
    int securityParameter;
    final Set<NodeRule> withoutRules = EnumSet.noneOf(NodeRule.class);
    int wallets;
    long walletValue;
    boolean walletsKnown;
    LinkSpec links = LinkSpec.DEFAULT;
    List<Integer> stake = List.of();
    String overlay = "";
    boolean urls;
    private final Map<String, Duration> clockSkews = new TreeMap<>();
    private final Map<String, String> unreadable = new LinkedHashMap<>();

    TopologyBuilder(TopologySpec topology) {
        replace(topology);
    }

    void replace(TopologySpec topology) {
        validators = topology.validators();
        executors = topology.executors();
        layout = topology.layout();
        slot = topology.consensus().slotDuration();
        activeSlotCoefficient = topology.consensus().activeSlotCoefficient();
        securityParameter = topology.consensus().securityParameter();
        withoutRules.clear();
        withoutRules.addAll(topology.consensus().withoutRules());
        wallets = topology.wallets().count();
        walletValue = topology.wallets().valueEach();
        walletsKnown = topology.wallets().known();
        links = topology.links();
        stake = topology.stake();
        overlay = topology.overlay();
        urls = topology.urls();
        clockSkews.clear();
        clockSkews.putAll(topology.clockSkews());
        unreadable.clear();
    }

    void layout(String text) {
        unreadable.remove("layout");
        for (var candidate : NetworkLayout.values()) {
            if (candidate.name().equals(text.strip().toUpperCase(Locale.ROOT))) {
                layout = candidate;
                return;
            }
        }
        unreadable.put("layout", text);
    }

    void activeSlotCoefficient(String text) {
        unreadable.remove("activeSlotCoefficient");
        try {
            activeSlotCoefficient = new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            unreadable.put("activeSlotCoefficient", text);
        }
    }

    void clockSkew(String node, Duration ahead) {
        Objects.requireNonNull(node, "node");
        if (ahead.isZero()) {
            clockSkews.remove(node);
        } else {
            clockSkews.put(node, ahead);
        }
    }

    void report(Problems problems) {
        unreadable.forEach((element, text) -> {
            if (element.equals("layout")) {
                problems.add("layout", '"' + text + '"', "star, chain or full", "Choose one of them");
            } else {
                problems.add(element, '"' + text + '"', "a decimal number", "Write it like \"0.9\"");
            }
        });
    }

    TopologySpec build() {
        return new TopologySpec(
                validators,
                executors,
                layout,
                new ConsensusParameters(slot, activeSlotCoefficient, securityParameter, withoutRules),
                new WalletSpec(wallets, walletValue, walletsKnown),
                links,
                clockSkews,
                stake,
                overlay,
                urls);
    }
}
