package org.junitnomos.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** System properties of one test, which are as they were after it. Its class locks {@code Resources.SYSTEM_PROPERTIES}. */
public final class OwnProperties implements AfterEachCallback {
    private final Map<String, Optional<String>> before = new LinkedHashMap<>();

    /** Sets one until the test has ended. */
    public void set(String name, String value) {
        before.putIfAbsent(name, Optional.ofNullable(System.getProperty(name)));
        System.setProperty(name, value);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        before.forEach((name, value) ->
                value.ifPresentOrElse(old -> System.setProperty(name, old), () -> System.clearProperty(name)));
        before.clear();
    }
}
