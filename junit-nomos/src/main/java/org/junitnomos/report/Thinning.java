package org.junitnomos.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Leaves out what a page has no room for, evenly over the run, and remembers what it left out. Not thread-safe. */
final class Thinning {
    private final List<String> notes = new ArrayList<>();

    /** {@return what was left out, one text a kind; empty if nothing was} */
    List<String> notes() {
        return List.copyOf(notes);
    }

    void note(String text) {
        notes.add(text);
    }

    /**
     * Takes no more than there is room for, in their order.
     *
     * @param what names the elements in the note, for example {@code "transactions"}
     * @param most how many fit; those that must stay may be more
     * @param stays which ones must not be left out
     */
    <T> List<T> of(String what, List<T> all, int most, Predicate<? super T> stays) {
        if (all.size() <= most) {
            return all;
        }
        long fixed = all.stream().filter(stays).count();
        var kept = evenly(all, most, fixed, stays);
        notes.add(counted(kept.size()) + " of " + counted(all.size()) + " " + what + " are shown");
        return kept;
    }

    private static <T> List<T> evenly(List<T> all, int most, long fixed, Predicate<? super T> stays) {
        var kept = new ArrayList<T>();
        long others = all.size() - fixed;
        long room = Math.max(most - fixed, Math.min(most / 10, others));
        long passed = 0;
        for (T each : all) {
            if (stays.test(each)) {
                kept.add(each);
            } else {
                // Whole steps of passed * room / others: as many as there is room for, and never two at once.
                if ((passed + 1) * room / others > passed * room / others) {
                    kept.add(each);
                }
                passed++;
            }
        }
        return kept;
    }

    static String counted(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
