package org.junitnomos.runner;

import java.util.regex.Pattern;

/** Writes texts as words of a POSIX shell. */
final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[\\p{Alnum}_./:@%+=,#\\-]+");

    private ShellWord() {}

    /** Quotes a text if a shell would not take it as it is. */
    static String of(String text) {
        return PLAIN.matcher(text).matches() && !text.startsWith("#") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Writes {@code prefix=value} with only the value quoted, as people write it. */
    static String of(String name, String value) {
        return name + "=" + of(value);
    }
}
