package org.junitnomos.report;

import org.jspecify.annotations.Nullable;
import org.junitnomos.time.VisibleText;

/** Texts and numbers as pages have them. */
final class PageTexts {
    static final int LONGEST = 20_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private PageTexts() {}

    /** Shows characters that change what is read, and shortens what nobody reads to its end. */
    static @Nullable String of(@Nullable String text) {
        return text == null ? null : visible(text);
    }

    static String visible(String text) {
        return shortened(VisibleText.of(whole(text)), LONGEST);
    }

    /** Puts a sign in place of each half of a pair of surrogates: no encoding has a form for one. */
    private static String whole(String text) {
        StringBuilder whole = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++; // and the other half
            } else if (Character.isSurrogate(c)) {
                whole = whole == null ? new StringBuilder(text) : whole;
                whole.setCharAt(i, '\ufffd');
            }
        }
        return whole == null ? text : whole.toString();
    }

    static String shortened(String text, int most) {
        return text.length() <= most
                ? text
                : text.substring(0, most) + " … and " + (text.length() - most) + " characters more";
    }

    /** Milliseconds of run time; -1 for what did not happen. */
    static long millis(long nanos) {
        return nanos < 0 ? -1 : nanos / NANOS_PER_MILLI;
    }
}
