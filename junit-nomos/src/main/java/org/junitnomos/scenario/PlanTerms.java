package org.junitnomos.scenario;

import java.util.Set;
import org.apiguardian.api.API;

/**
 * Says how those who wrote a plan call what they set, so that its problems speak of that: by default as the
 * {@link ScenarioBuilder} does; annotations have terms of their own.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface PlanTerms {
    /** The terms of the builder. */
    PlanTerms BUILDER = new PlanTerms() {};

    /**
     * Names something within a sentence, for example what to raise.
     *
     * @param term what
     * @return its name, such as {@code validators}
     */
    default String name(PlanTerm term) {
        return term.inBuilder();
    }

    /**
     * Names what is wrong, and where it was set if that is known.
     *
     * @param term what
     * @return its name, perhaps with a place
     */
    default String wrong(PlanTerm term) {
        return name(term);
    }

    /**
     * Returns what was said but could not be read, so that the plan has a default in its place. Whoever read it tells
     * of that; nothing else is said of it.
     *
     * @return the terms; none by default
     */
    default Set<PlanTerm> unread() {
        return Set.of();
    }

    /**
     * Names a workload or expectation that is wrong as a whole, and where it was added if that is known.
     *
     * @param part the workload or expectation; the object of the plan, not one that equals it
     * @param label what it is, such as {@code workload 'transactions'}
     * @return its name, perhaps with a place
     */
    default String wrong(Object part, String label) {
        return label;
    }

    /**
     * Names a component of a workload or expectation that is wrong, and where it was set if that is known.
     *
     * @param part the workload or expectation; the object of the plan, not one that equals it
     * @param name its {@code name()}
     * @param component name of the component, such as {@code rate}
     * @return for example {@code transactions: rate}
     */
    default String wrong(Object part, String name, String component) {
        return name + ": " + component;
    }
}
