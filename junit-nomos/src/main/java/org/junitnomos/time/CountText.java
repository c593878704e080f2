package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/** Writes numbers of things as people do: {@code 1 block}, {@code 2 blocks}. */
@API(status = INTERNAL, since = "0.1")
public final class CountText {
    private CountText() {}

    /**
     * Writes a number of things.
     *
     * @param number how many there are
     * @param what one of them, a noun whose plural is one with {@code s}
     */
    public static String of(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
