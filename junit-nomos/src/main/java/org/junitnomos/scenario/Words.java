package org.junitnomos.scenario;

import java.util.Locale;

/** Turns a class name into words: {@code TransactionWorkload} becomes {@code "transaction"}. */
final class Words {
    private Words() {}

    static String of(Class<?> type, String... suffixes) {
        var name = type.getSimpleName().isEmpty()
                ? type.getName().substring(type.getName().lastIndexOf('.') + 1)
                : type.getSimpleName();
        for (String suffix : suffixes) {
            if (name.endsWith(suffix) && name.length() > suffix.length()) {
                name = name.substring(0, name.length() - suffix.length());
            }
        }
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
