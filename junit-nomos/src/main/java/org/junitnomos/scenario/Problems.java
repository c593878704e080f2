package org.junitnomos.scenario;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Collects everything that is wrong with a plan, so that all of it is reported at once. Not thread-safe.
 *
 * <p>A workload or expectation that checks itself names its components, and what is set elsewhere as a
 * {@link PlanTerm}; whoever wrote the plan reads of them in the terms of the builder or of annotations.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Problems {
    private final List<String> texts;
    private final PlanTerms terms;
    private final @Nullable Part part;

    /** What the plan itself is wrong in; nothing more is said of it by its parts. */
    private final Set<PlanTerm> told;

    /** Who checks itself. */
    private record Part(Object part, String kind, String name) {
        String label() {
            return kind + " '" + name + "'";
        }
    }

    /** Begins to collect, in the terms of the builder. */
    public Problems() {
        this(PlanTerms.BUILDER);
    }

    /**
     * Begins to collect.
     *
     * @param terms how those who wrote the plan call what they set
     */
    public Problems(PlanTerms terms) {
        this(new ArrayList<>(), Objects.requireNonNull(terms, "terms"), null, EnumSet.noneOf(PlanTerm.class));
    }

    private Problems(List<String> texts, PlanTerms terms, @Nullable Part part, Set<PlanTerm> told) {
        this.texts = texts;
        this.terms = terms;
        this.part = part;
        this.told = told;
    }

    /** Lets a workload or expectation add to these problems; {@code kind} says which of them it is. */
    Problems of(Object checked, String kind, String name) {
        return new Problems(texts, terms, new Part(checked, kind, name), told);
    }

    /**
     * Returns where to add what can only be judged if some terms are right. Where one of them is a problem itself,
     * what follows from it is no news: {@code problems.given(PlanTerm.RUN_WINDOW).add("at", …)} says nothing of a run
     * window that could not be read.
     *
     * @param needed the terms that the judgment rests on
     * @return these problems, or others that nobody reads
     */
    public Problems given(PlanTerm... needed) {
        var wrong = EnumSet.copyOf(told);
        wrong.addAll(terms.unread());
        return Stream.of(needed).anyMatch(wrong::contains)
                ? new Problems(new ArrayList<>(), terms, part, EnumSet.copyOf(told))
                : this;
    }

    /**
     * Adds a problem of a component of the workload or expectation that is being checked.
     *
     * @param component name of the component, for example {@code "rate"}; printed as it is where none is being checked
     * @param value the bad value; printed as it is
     * @param expected what was expected, for example {@code "at least 1 transaction per block"}
     * @param fix what to do about it, a sentence without the full stop
     */
    public void add(String component, Object value, String expected, String fix) {
        Objects.requireNonNull(component, "component");
        tell(part == null ? component : terms.wrong(part.part, part.name, component), value, expected, fix);
    }

    /**
     * Adds a problem of what is set elsewhere in the plan; nothing if that is known to be wrong already.
     *
     * @param term what it is about
     * @param value the bad value; printed as it is
     * @param expected what was expected, with a reason if a workload or expectation wants it
     * @param fix what to do about it, a sentence without the full stop
     */
    public void add(PlanTerm term, Object value, String expected, String fix) {
        if (terms.unread().contains(term) || part != null && told.contains(term)) {
            return;
        }
        if (part == null) {
            told.add(term);
        }
        tell(terms.wrong(term), value, expected, fix);
    }

    /**
     * Adds a problem of the workload or expectation that is being checked, as a whole.
     *
     * @param use how it is used, for example {@code "used without an executor"}
     * @param expected what was expected
     * @param fix what to do about it, a sentence without the full stop
     */
    public void add(String use, String expected, String fix) {
        tell(part == null ? "the plan" : terms.wrong(part.part, part.label()), use, expected, fix);
    }

    /**
     * Names something that is set elsewhere in the plan, for the text of a fix.
     *
     * @param term what it is
     * @return what those who wrote the plan call it
     */
    public String name(PlanTerm term) {
        return terms.name(term);
    }

    private void tell(String element, Object value, String expected, String fix) {
        texts.add(element + " is " + value + ", expected " + expected + ". " + fix + ".");
    }

    /**
     * Returns what was added.
     *
     * @return one text a problem, in the order they were found
     */
    public List<String> texts() {
        return List.copyOf(texts);
    }
}
