package org.junitnomos.runner;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

final class SettingsReader {
    SettingsReader(Function<String, Optional<String>> p, Map<String, String> e, Map<String, String> s) {}

    RunSettings read() {
        return new RunSettings(null, null, null, KeepPolicy.FAILED, false, RequirementPolicy.SKIP, Path.of("target/nomos"), BigDecimal.ONE, 0, ProgressMode.AUTO, false, false, null, null, null, null);
    }
}
