package org.junitnomos.deploy.container;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says about containers; docs/containers.md has the table.
 *
 * @param image reference of the image of a node; null for the one of dev nodes, which is built
 * @param pull when an image is fetched from its registry
 * @param entryPoint program and arguments that replace those of the image; empty for the image's
 * @param baseImage image on which the one of dev nodes is built; {@link #NO_BASE} for none, null for the usual one
 * @param memory limit of a container in bytes
 * @param nanoCpus limit of a container in billionths of a processor; null for none
 * @param subnets network from which each deployment takes a /24
 */
record ContainerSettings(
        @Nullable String image,
        Pull pull,
        List<String> entryPoint,
        @Nullable String baseImage,
        long memory,
        @Nullable Long nanoCpus,
        Subnets subnets) {
    static final String PREFIX = "nomos.container.";
    static final String MEMORY = PREFIX + "memory";
    static final String NO_BASE = "none";

    private static final String TESTNET_IMAGE = "NOMOS_TESTNET_IMAGE";
    private static final long MEBI = 1024L * 1024;
    private static final long LEAST_MEMORY = 6 * MEBI; // an engine refuses less
    private static final long USUAL_MEMORY = 384 * MEBI;
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*([kmg]?)(?:i?b)?", Pattern.CASE_INSENSITIVE);
    private static final BigDecimal MOST_CPUS = BigDecimal.valueOf(1_024);

    /** When an image is fetched. */
    enum Pull {
        /** If the engine does not have it. */
        MISSING,
        /** Before each deployment. */
        ALWAYS,
        /** Never: one that the engine does not have is an error. */
        NEVER
    }

    ContainerSettings {
        entryPoint = List.copyOf(entryPoint);
    }

    /** Read system properties and environment. */
    static ContainerSettings load() {
        return read(name -> System.getProperty(name), name -> System.getenv(name));
    }

    /**
     * Read them.
     *
     * @throws IllegalArgumentException if one is malformed; names it
     */
    static ContainerSettings read(
            UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
        var source = new Source(properties, environment);
        return new ContainerSettings(
                source.text("image")
                        .or(() -> source.clean(environment.apply(TESTNET_IMAGE)))
                        .orElse(null),
                source.text("pull").map(text -> pull(source.name("pull"), text)).orElse(Pull.MISSING),
                source.text("entry-point")
                        .map(text -> Arrays.asList(text.split("\\s+")))
                        .orElse(List.of()),
                source.text("base-image").orElse(null),
                source.text("memory").map(ContainerSettings::memory).orElse(USUAL_MEMORY),
                source.text("cpus")
                        .map(text -> nanoCpus(source.name("cpus"), text))
                        .orElse(null),
                Subnets.parse(source.name("subnets"), source.text("subnets").orElse(Subnets.USUAL)));
    }

    private record Source(UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
        String name(String key) {
            return PREFIX + key;
        }

        Optional<String> text(String key) {
            String variable =
                    name(key).toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
            return clean(properties.apply(name(key))).or(() -> clean(environment.apply(variable)));
        }

        Optional<String> clean(@Nullable String text) {
            return text == null || text.isBlank() ? Optional.empty() : Optional.of(text.strip());
        }
    }

    private static Pull pull(String setting, String text) {
        for (var pull : Pull.values()) {
            if (pull.name().equalsIgnoreCase(text)) {
                return pull;
            }
        }
        throw wrong(setting, text, "missing, always or never");
    }

    private static long memory(String text) {
        Matcher size = SIZE.matcher(text);
        if (size.matches()) {
            long number = Long.parseLong(size.group(1));
            long unit = switch (size.group(2).toLowerCase(Locale.ROOT)) {
                case "k" -> 1024L;
                case "m" -> MEBI;
                case "g" -> 1024 * MEBI;
                default -> 1L;
            };
            if (number <= Long.MAX_VALUE / unit && number * unit >= LEAST_MEMORY) {
                return number * unit;
            }
        }
        throw wrong(MEMORY, text, "a size of at least 6 MiB, for example 512MiB");
    }

    private static long nanoCpus(String setting, String text) {
        try {
            var cpus = new BigDecimal(text);
            if (cpus.signum() > 0 && cpus.compareTo(MOST_CPUS) <= 0) {
                return cpus.movePointRight(9).longValue();
            }
        } catch (NumberFormatException e) {
            throw wrong(setting, text, "a number of processors over 0, for example 0.5");
        }
        throw wrong(setting, text, "a number of processors over 0, for example 0.5");
    }

    static IllegalArgumentException wrong(String setting, String text, String expected) {
        return new IllegalArgumentException(
                "Setting '" + setting + "' is \"" + text + "\", expected " + expected + ".");
    }
}
