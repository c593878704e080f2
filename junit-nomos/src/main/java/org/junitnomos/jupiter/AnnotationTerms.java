package org.junitnomos.jupiter;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitnomos.scenario.PlanTerm;
import org.junitnomos.scenario.PlanTerms;

/**
 * Calls what is wrong with a plan by the annotation and the attribute that said it, with their place; what the builder
 * said stays in its terms.
 */
final class AnnotationTerms implements PlanTerms {
    private static final String VALUE = ".value";

    /** The annotation that last said anything of a term. */
    private final Map<String, FoundAnnotation> said = new HashMap<>();

    private final Map<Object, FoundAnnotation> parts = new IdentityHashMap<>();
    private final Set<String> unreadable = new HashSet<>();
    private boolean hasBuilder;

    /** Returns these terms for a plan that settings changed: no annotation is to blame for what it became. */
    AnnotationTerms afterSettings() {
        var terms = new AnnotationTerms();
        terms.parts.putAll(parts);
        terms.hasBuilder = hasBuilder;
        return terms;
    }

    /** Remembers that an annotation says something; a later one replaces it. */
    void said(FoundAnnotation found, String attribute) {
        said.put(found.name(), found);
        said.put(found.name() + "." + attribute, found);
    }

    /** Remembers that nobody knows what an annotation, or an attribute such as {@code @RunFor.value}, means. */
    void unreadable(String name) {
        unreadable.add(name);
    }

    @Override
    public Set<PlanTerm> unread() {
        var terms = EnumSet.allOf(PlanTerm.class);
        terms.removeIf(term -> !unreadable.contains(nameOf(term)));
        return terms;
    }

    /** Forgets who described the cluster, where a sweep or a customizer has the last word. */
    void forgetTopology() {
        said.values()
                .removeIf(found ->
                        !(found.annotation() instanceof RunFor) && !(found.annotation() instanceof ScenarioOptions));
    }

    /** Remembers which annotation brings a workload or expectation. */
    void brought(Object part, FoundAnnotation found) {
        parts.put(part, found);
    }

    /** Says that a builder said what no annotation says. */
    void followBuilder() {
        hasBuilder = true;
    }

    @Override
    public String name(PlanTerm term) {
        var name = nameOf(term);
        return name.endsWith(VALUE) ? name.substring(0, name.length() - VALUE.length()) : name;
    }

    @Override
    public String wrong(PlanTerm term) {
        var name = nameOf(term);
        var found = said.get(name);
        if (found != null) {
            return name + found.onPlace();
        }
        return hasBuilder ? term.inBuilder() : name(term);
    }

    @Override
    public String wrong(Object part, String label) {
        var found = parts.get(part);
        return found == null ? label : plain(found) + found.onPlace();
    }

    @Override
    public String wrong(Object part, String name, String component) {
        var found = parts.get(part);
        if (found == null) {
            return PlanTerms.super.wrong(part, name, component);
        }
        return found.hasAttribute(component) && named(found) == null
                ? found.place(component)
                : plain(found) + found.onPlace() + ": " + component;
    }

    private static String plain(FoundAnnotation found) {
        var named = named(found);
        return found.name() + (named == null ? "" : "(" + ElementName.nameOf(named) + ".class)");
    }

    /** The class that a plain {@code @Workload} or {@code @Expect} names; null for annotations with attributes. */
    private static @Nullable Class<?> named(FoundAnnotation found) {
        if (found.annotation() instanceof Workload workload) {
            return workload.value();
        }
        return found.annotation() instanceof Expect expect ? expect.value() : null;
    }

    private static String nameOf(PlanTerm term) {
        return switch (term) {
            case NAME -> "@ScenarioOptions.name";
            case TIME -> "@ScenarioOptions.time";
            case RUN_WINDOW -> "@RunFor.value";
            case COOLDOWN -> "@RunFor.cooldown";
            case DEADLINE -> "@RunFor.deadline";
            case BACKEND -> "@Topology.backend";
            case TOPOLOGY -> "@Topology";
            case VALIDATORS -> "@Topology.validators";
            case EXECUTORS -> "@Topology.executors";
            case STAKE -> "@Topology.stake";
            case SLOT -> "@Topology.slot";
            case ACTIVE_SLOT_COEFFICIENT -> "@Topology.activeSlotCoefficient";
            case SECURITY_PARAMETER -> "@Topology.securityParameter";
            case WITHOUT_RULES -> "@Topology.withoutRules";
            case OBSERVABILITY_IMAGE -> "@Observability.image";
            case OBSERVABILITY -> "@Observability.value";
            case URLS -> "@Topology.urls";
            case WALLETS -> "@Wallets.value";
            case WALLET_VALUE -> "@Wallets.each";
            case LINKS -> "@Links";
            case LATENCY -> "@Links.latency";
            case JITTER -> "@Links.jitter";
            case LOSS_PER_MILLE -> "@Links.lossPerMille";
            case BANDWIDTH -> "@Links.bandwidth";
            case SKEWED_NODE -> "@ClockSkew.node";
            case CLOCK_SKEW -> "@ClockSkew.ahead";
            case TRANSACTIONS -> "@Transactions";
            case BLOBS -> "@DataAvailability";
        };
    }
}
