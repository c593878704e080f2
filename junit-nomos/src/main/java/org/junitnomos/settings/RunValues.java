package org.junitnomos.settings;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The values behind {@link RunSettings}, which tells what they mean, and how they are read. */
record RunValues(
        @Nullable String backend,
        @Nullable TimeMode time,
        RequirementPolicy requirements,
        BigDecimal runForFactor,
        int maxNodes,
        ProgressMode progress,
        boolean groupTopologies,
        @Nullable String sweep,
        @Nullable String test,
        @Nullable String replayOn,
        @Nullable KeepPolicy page,
        @Nullable Path stepSummary,
        boolean zip,
        boolean twice,
        boolean selfCheck,
        boolean slow,
        @Nullable Duration slot,
        @Nullable BigDecimal activeSlotCoefficient,
        @Nullable Path logDirectory,
        LogLevel logLevel,
        boolean observability,
        @Nullable String observabilityImage,
        @Nullable URI metricsQuery,
        @Nullable URI metricsIngest) {
    private static final BigDecimal LARGEST_FACTOR = BigDecimal.valueOf(1000);

    static RunValues read(SettingsReader reader) {
        boolean ci = RunChoices.isCi(reader);
        return new RunValues(
                text(reader, SettingNames.BACKEND),
                reader.choice(SettingNames.TIME, TimeMode.class),
                reader.choice(SettingNames.REQUIREMENTS, ci ? RequirementPolicy.FAIL : RequirementPolicy.SKIP),
                reader.value(
                        SettingNames.RUN_FOR_FACTOR,
                        BigDecimal.ONE,
                        "a positive number, at most 1000",
                        text -> decimal(text, factor -> factor.signum() > 0 && factor.compareTo(LARGEST_FACTOR) <= 0)),
                reader.value(SettingNames.MAX_NODES, 0, "a whole number, 0 for no limit", RunValues::count),
                reader.choice(SettingNames.PROGRESS, ProgressMode.AUTO),
                reader.flag(SettingNames.GROUP_TOPOLOGIES, false),
                text(reader, SettingNames.SWEEP),
                text(reader, SettingNames.TEST),
                text(reader, SettingNames.REPLAY_ON),
                reader.choice(SettingNames.REPORT_HTML, KeepPolicy.class),
                path(reader, SettingNames.STEP_SUMMARY),
                reader.flag(SettingNames.EVIDENCE_ZIP, false),
                reader.flag(SettingNames.TWICE, false),
                reader.flag(SettingNames.SELF_CHECK, false),
                reader.flag(SettingNames.SLOW_TEST_ENV, false),
                reader.find(SettingNames.SLOT_TIME, "a positive whole number of seconds", RunValues::seconds),
                reader.find(
                        SettingNames.ACTIVE_SLOT_COEFF,
                        "a chance between 0 and 1, both excluded",
                        text -> decimal(text, f -> f.signum() > 0 && f.compareTo(BigDecimal.ONE) < 0)),
                path(reader, SettingNames.LOG_DIR),
                reader.choice(SettingNames.LOG_LEVEL, LogLevel.INFO),
                reader.flag(SettingNames.OBSERVABILITY, false),
                image(reader),
                url(reader, SettingNames.METRICS_QUERY),
                ingest(reader));
    }

    /** That of metrics alone goes before that of the Prometheus of the whole run. */
    private static @Nullable URI ingest(SettingsReader reader) {
        var ofMetrics = url(reader, SettingNames.OTLP_METRICS);
        var ofRun = url(reader, SettingNames.METRICS_INGEST);
        return ofMetrics == null ? ofRun : ofMetrics;
    }

    private static @Nullable URI url(SettingsReader reader, String name) {
        return reader.find(name, "an address such as http://localhost:9090", text -> {
            var url = URI.create(text.strip());
            var scheme = url.getScheme();
            if (url.getHost() == null || scheme == null || !scheme.matches("https?")) {
                throw new IllegalArgumentException(text);
            }
            return url;
        });
    }

    /** One in vain is refused: whoever set it believes that it runs. */
    private static @Nullable String image(SettingsReader reader) {
        var there = reader.find(SettingNames.METRICS_QUERY, "a text", text -> text);
        return reader.find(
                SettingNames.OBSERVABILITY_IMAGE,
                there == null
                        ? "the name of an image, without blanks, for example prom/prometheus:v2.53.1"
                        : "nothing, because " + SettingNames.METRICS_QUERY
                                + " names a Prometheus that is there already, so that none is started",
                text -> {
                    if (there != null || text.isEmpty() || text.chars().anyMatch(Character::isWhitespace)) {
                        throw new IllegalArgumentException(text);
                    }
                    return text;
                });
    }

    private static @Nullable String text(SettingsReader reader, String name) {
        return reader.find(name, "a text", text -> text);
    }

    static @Nullable Path path(SettingsReader reader, String name) {
        return reader.find(name, "a path", Path::of);
    }

    private static BigDecimal decimal(String text, Predicate<BigDecimal> allowed) {
        var number = new BigDecimal(text);
        if (!allowed.test(number)) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }

    private static Duration seconds(String text) {
        long seconds = Long.parseLong(text);
        if (seconds <= 0) {
            throw new IllegalArgumentException(text);
        }
        return Duration.ofSeconds(seconds);
    }

    private static int count(String text) {
        int count = Integer.parseInt(text);
        if (count < 0) {
            throw new IllegalArgumentException(text);
        }
        return count;
    }
}
