package org.junitnomos.expectation;

import java.util.List;

/** Writes the first of many lines, so that a failure stays readable. */
final class Listing {
    private static final int SHOWN = 10;

    private Listing() {}

    /** The first ten lines, and how many more there are; no line break at the end. */
    static String of(List<String> lines) {
        var text = String.join("\n", lines.subList(0, Math.min(SHOWN, lines.size())));
        return lines.size() > SHOWN ? text + "\n  … and " + (lines.size() - SHOWN) + " more" : text;
    }
}
