package org.junitnomos.metrics;

import java.util.TreeMap;

/** Reads a metric from the beginning of a text. */
final class MetricScanner {
    private final String text;
    private int at;

    MetricScanner(String text) {
        this.text = text;
    }

    /** Reads name and labels; what is wrong is an {@link IllegalArgumentException}. */
    Metric metric() {
        skipBlanks();
        var name = word("the name of a metric");
        var labels = new TreeMap<String, String>();
        skipBlanks();
        if (take('{')) {
            skipBlanks();
            while (!take('}')) {
                var label = word("the name of a label or '}'");
                skipBlanks();
                expect('=');
                skipBlanks();
                if (labels.put(label, quoted()) != null) {
                    throw new IllegalArgumentException("label '" + label + "' is there twice");
                }
                skipBlanks();
                if (!take(',')) {
                    expect('}');
                    break;
                }
                skipBlanks();
            }
        }
        return new Metric(name, labels);
    }

    /** Returns what was not read, without blanks around it. */
    String rest() {
        return text.substring(at).strip();
    }

    private String word(String what) {
        int start = at;
        while (at < text.length() && isPartOfWord(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw new IllegalArgumentException("expected " + what + " but was " + found());
        }
        return text.substring(start, at);
    }

    private static boolean isPartOfWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == ':';
    }

    private String quoted() {
        expect('"');
        var value = new StringBuilder();
        while (!take('"')) {
            if (at == text.length()) {
                throw new IllegalArgumentException("expected '\"' but was " + found());
            }
            char c = text.charAt(at++);
            value.append(c == '\\' ? escaped() : c);
        }
        return value.toString();
    }

    private char escaped() {
        if (take('\\')) {
            return '\\';
        }
        if (take('"')) {
            return '"';
        }
        if (take('n')) {
            return '\n';
        }
        throw new IllegalArgumentException("expected \\\\, \\\" or \\n but was a backslash and then " + found());
    }

    private void skipBlanks() {
        while (take(' ') || take('\t')) {
            // goes on
        }
    }

    private void expect(char wanted) {
        if (!take(wanted)) {
            throw new IllegalArgumentException("expected '" + wanted + "' but was " + found());
        }
    }

    private boolean take(char wanted) {
        boolean here = at < text.length() && text.charAt(at) == wanted;
        at += here ? 1 : 0;
        return here;
    }

    private String found() {
        return at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    }
}
