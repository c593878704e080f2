package org.junitnomos.jupiter;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junitnomos.scenario.Problems;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRule;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** Collects what annotations say about the topology, attribute by attribute; what is null was not said. */
final class TopologyDraft {
    private @Nullable Integer validators;
    private @Nullable Integer executors;
    private @Nullable List<Integer> stake;
    private @Nullable String overlay;
    private @Nullable Boolean urls;
    private @Nullable NetworkLayout layout;
    private @Nullable Duration slot;
    private @Nullable BigDecimal activeSlotCoefficient;
    private @Nullable Integer securityParameter;
    private final Set<NodeRule> withoutRules = EnumSet.noneOf(NodeRule.class);
    private @Nullable Integer wallets;
    private @Nullable Long walletValue;
    private @Nullable Boolean walletsKnown;
    private @Nullable Duration latency;
    private @Nullable Duration jitter;
    private @Nullable Integer lossPerMille;
    private @Nullable Long bandwidth;
    private @Nullable FoundAnnotation customizer;
    private final Map<String, Duration> skews = new TreeMap<>();
    private final Problems problems;
    private final AnnotationTerms terms;
    private final AttributeReader checked;

    TopologyDraft(Problems problems, AnnotationTerms terms) {
        this.problems = problems;
        this.terms = terms;
        this.checked = new AttributeReader(problems, terms);
    }

    /** Takes over what one annotation says; annotations about something else are left alone. */
    void read(FoundAnnotation found) {
        if (found.annotation() instanceof Topology topology) {
            nodes(found, topology);
            consensus(found, topology);
        } else if (found.annotation() instanceof Wallets annotation) {
            wallets =
                    set(wallets, checked.number(found, "value", annotation.value(), 0, Integer.MAX_VALUE, "0 or more"));
            walletValue = set(walletValue, checked.number(found, "each", annotation.each(), 1, "at least 1 base unit"));
            walletsKnown = set(walletsKnown, checked.atMostOne(found, "known", annotation.known()));
        } else if (found.annotation() instanceof Links links) {
            latency = set(latency, checked.duration(found, "latency", links.latency()));
            jitter = set(jitter, checked.duration(found, "jitter", links.jitter()));
            lossPerMille =
                    set(lossPerMille, checked.number(found, "lossPerMille", links.lossPerMille(), 0, 999, "0 to 999"));
            bandwidth = set(bandwidth, checked.number(found, "bandwidth", links.bandwidth(), 0, "0 or more bytes"));
        }
    }

    /** Takes over the clock skews of one element; several of one node on one element are refused. */
    void readSkews(List<FoundAnnotation> element) {
        var here = new ArrayList<String>();
        for (var found : element) {
            if (found.annotation() instanceof ClockSkew skew) {
                var ahead = checked.signed(found, "ahead", skew.ahead());
                if (found.depth() == 0 && here.contains(skew.node())) {
                    problems.add(
                            found.place("node"),
                            "\"" + skew.node() + "\" twice",
                            "one skew for a node",
                            "Keep one of them");
                } else if (ahead != null) {
                    skews.put(skew.node(), ahead);
                }
                if (found.depth() == 0) {
                    here.add(skew.node());
                }
            }
        }
    }

    /** Combines what was said with the base: the builder's topology, or the defaults. */
    TopologySpec on(TopologySpec base, @Nullable SweepPoint point) {
        var merged = new TreeMap<>(base.clockSkews());
        merged.putAll(skews);
        merged.values().removeIf(Duration::isZero);
        if (point != null || customizer != null) {
            terms.forgetTopology();
        }
        var consensus = base.consensus();
        withoutRules.addAll(consensus.withoutRules());
        var topology = new TopologySpec(
                or(validators, base.validators()),
                or(executors, base.executors()),
                or(layout, base.layout()),
                new ConsensusParameters(
                        or(slot, consensus.slotDuration()),
                        or(activeSlotCoefficient, consensus.activeSlotCoefficient()),
                        or(securityParameter, consensus.securityParameter()),
                        withoutRules),
                new WalletSpec(
                        or(wallets, base.wallets().count()),
                        or(walletValue, base.wallets().valueEach()),
                        or(walletsKnown, base.wallets().known())),
                new LinkSpec(
                        or(latency, base.links().latency()),
                        or(jitter, base.links().jitter()),
                        or(lossPerMille, base.links().lossPerMille()),
                        or(bandwidth, base.links().bandwidth())),
                merged,
                or(stake, base.stake()),
                or(overlay, base.overlay()),
                or(urls, base.urls()));
        return customized(point == null ? topology : point.applyTo(topology));
    }

    private TopologySpec customized(TopologySpec topology) {
        if (customizer == null) {
            return topology;
        }
        var type = ((Topology) customizer.annotation()).customizer();
        try {
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance().customize(topology);
        } catch (ReflectiveOperationException | RuntimeException e) {
            var reason = e.getCause() == null ? e : e.getCause();
            problems.add(
                    customizer.place("customizer"),
                    ElementName.nameOf(type),
                    "a class with a constructor without parameters that returns a topology",
                    "It failed with " + reason);
            return topology;
        }
    }

    private void nodes(FoundAnnotation found, Topology topology) {
        validators = set(
                validators,
                checked.number(
                        found, "validators", topology.validators(), 1, Integer.MAX_VALUE, "at least 1 validator"));
        executors = set(
                executors, checked.number(found, "executors", topology.executors(), 0, Integer.MAX_VALUE, "0 or more"));
        stake = set(stake, checked.numbers(found, "stake", topology.stake()));
        overlay = set(overlay, checked.text(found, "overlay", topology.overlay()));
        urls = set(urls, checked.atMostOne(found, "urls", topology.urls()));
        layout = set(layout, checked.atMostOne(found, "layout", topology.layout()));
        if (topology.customizer() != TopologyCustomizer.None.class) {
            customizer = found;
        }
    }

    private void consensus(FoundAnnotation found, Topology topology) {
        withoutRules.addAll(List.of(topology.withoutRules()));
        slot = set(slot, checked.positive(found, "slot", topology.slot()));
        activeSlotCoefficient = set(
                activeSlotCoefficient,
                checked.fraction(found, "activeSlotCoefficient", topology.activeSlotCoefficient()));
        securityParameter = set(
                securityParameter,
                checked.number(
                        found,
                        "securityParameter",
                        topology.securityParameter(),
                        1,
                        Integer.MAX_VALUE,
                        "at least 1 block"));
    }

    static <T> @Nullable T set(@Nullable T before, @Nullable T now) {
        return now == null ? before : now;
    }

    static <T> T or(@Nullable T said, T base) {
        return said == null ? base : said;
    }
}
