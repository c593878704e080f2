package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/**
 * Shows the characters that a terminal or an editor obeys instead of showing them: controls such as escape and carriage
 * return, and those that change the direction of text. Whoever writes to a log or answers a request could hide with
 * them what a failure says, or write another one in its place.
 */
@API(status = INTERNAL, since = "0.1")
public final class VisibleText {
    private VisibleText() {}

    /**
     * Shows them in a text of any number of lines.
     *
     * @param text from a node, or with parts from one
     * @return the same with the number of each such character, as <code>&#92;u001b</code>; line feeds and tabs stay
     */
    public static String of(String text) {
        return shown(text, true);
    }

    /**
     * Shows them in a text of one line.
     *
     * @param text from a node, or with parts from one
     * @return the same with the number of each such character, line feeds among them; tabs stay
     */
    public static String ofLine(String text) {
        return shown(text, false);
    }

    private static String shown(String text, boolean lines) {
        StringBuilder shown = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean obeyed = c != '\t' && !(lines && c == '\n') && isObeyed(c);
            if (obeyed && shown == null) {
                shown = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (shown != null) {
                shown.append(obeyed ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return shown == null ? text : shown.toString();
    }

    private static boolean isObeyed(char c) {
        return Character.isISOControl(c)
                || c >= '\u2028' && c <= '\u202e' // ends of lines, and directions
                || c >= '\u2066' && c <= '\u2069'
                || c == '\u200e'
                || c == '\u200f'
                || c == '\u061c';
    }
}
