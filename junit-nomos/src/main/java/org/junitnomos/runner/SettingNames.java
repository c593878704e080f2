package org.junitnomos.runner;

import java.util.Collection;

final class SettingNames {
    private SettingNames() {}

    static void requireKnown(Collection<String> names, String source) {}
}
