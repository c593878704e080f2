package org.junitnomos.settings;

import java.util.Collection;
import java.util.Optional;
import org.apiguardian.api.API;

/** Finds the name that a wrong one was probably meant to be. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Misspelling {
    private static final int FAR = 3;

    private Misspelling() {}

    /**
     * Finds the nearest of some names.
     *
     * @param name a wrong name
     * @param known names that are right; of several that are as near, the first counts
     * @return empty if none is near
     */
    public static Optional<String> nearest(String name, Collection<String> known) {
        Optional<String> nearest = Optional.empty();
        int least = FAR + 1;
        for (String each : known) {
            int distance = distance(name, each);
            if (distance < least) {
                least = distance;
                nearest = Optional.of(each);
            }
        }
        return nearest;
    }

    /**
     * Counts how many letters have to be put in, left out or changed to make one text of the other (Levenshtein).
     *
     * @param b another text
     * @return 0 if they are the same
     */
    public static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
