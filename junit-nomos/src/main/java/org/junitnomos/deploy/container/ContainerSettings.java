package org.junitnomos.deploy.container;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junitnomos.settings.SettingsReader;

/**
 * What the environment says about containers; docs/containers.md has the table.
 *
 * @param image reference of the image of a node; null for the one of dev nodes, which is built
 * @param images images of single nodes, by their names
 * @param realByImage whether the image is named by the variable of the Rust testing framework, and nothing says that it
 *     has dev nodes: then it has real ones
 * @param pull when an image is fetched from its registry
 * @param entryPoint program and arguments that replace those of the image; empty for the image's
 * @param baseImage image on which the one of dev nodes is built; {@link #NO_BASE} for none, null for the usual one
 * @param memory limit of a container in bytes
 * @param nanoCpus limit of a container in billionths of a processor; null for none
 * @param subnets network from which each deployment takes a /24
 */
record ContainerSettings(
        @Nullable String image,
        Map<String, String> images,
        boolean realByImage,
        Pull pull,
        List<String> entryPoint,
        @Nullable String baseImage,
        long memory,
        @Nullable Long nanoCpus,
        Subnets subnets) {
    static final String PREFIX = "nomos.container.";
    static final String MEMORY = PREFIX + "memory";
    static final String NO_BASE = "none";

    /** Read by others: the class of the command that nodes run. */
    static final String COMMAND = PREFIX + "command";

    private static final String IMAGE = "the name of an image, without blanks";
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
        images = Collections.unmodifiableMap(new TreeMap<>(images));
    }

    /**
     * Reads system properties and environment.
     *
     * @throws IllegalArgumentException if some are malformed or unknown; names each
     */
    static ContainerSettings load() {
        return read(SettingsReader.systemProperties(), System.getenv());
    }

    /** Reads them for what is asked before a deploy, which refuses what is malformed. */
    static ContainerSettings lenient() {
        return read(
                reader(SettingsReader.systemProperties(), System.getenv()),
                isNamed(SettingsReader.systemProperties(), System.getenv()));
    }

    /** Whether the setting itself names the image. */
    private static boolean isNamed(Map<String, String> properties, Map<String, String> environment) {
        return SettingsReader.ofBackend(PREFIX, properties, environment).find("image", IMAGE, text -> text) != null;
    }

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if some are malformed or unknown; names each
     */
    static ContainerSettings read(Map<String, String> properties, Map<String, String> environment) {
        var reader = reader(properties, environment);
        var settings = read(reader, isNamed(properties, environment));
        reader.check();
        return settings;
    }

    /** Names the settings that this backend reads. */
    static List<String> names() {
        var reader = reader(Map.of(), Map.of());
        read(reader, true);
        return reader.names();
    }

    private static SettingsReader reader(Map<String, String> properties, Map<String, String> environment) {
        return SettingsReader.ofBackend(PREFIX, properties, environment)
                .orVariable("image", TESTNET_IMAGE)
                .knowing("command");
    }

    private static ContainerSettings read(SettingsReader source, boolean named) {
        String image = source.find("image", IMAGE, ContainerSettings::reference);
        List<String> entryPoint = source.value(
                "entry-point", List.of(), "a program and arguments", text -> Arrays.asList(text.split("\\s+")));
        return new ContainerSettings(
                image,
                source.ofNodes("image", IMAGE, ContainerSettings::reference),
                image != null && !named && entryPoint.isEmpty(),
                source.value("pull", Pull.MISSING, "missing, always or never", ContainerSettings::pull),
                entryPoint,
                source.find(
                        "base-image",
                        "the name of an image, without blanks, or " + NO_BASE,
                        ContainerSettings::reference),
                source.value(
                        "memory",
                        USUAL_MEMORY,
                        "a size of at least 6 MiB, for example 512MiB",
                        ContainerSettings::memory),
                source.find("cpus", "a number of processors over 0, for example 0.5", ContainerSettings::nanoCpus),
                source.value("subnets", Subnets.parse(Subnets.USUAL), Subnets.EXPECTED, Subnets::parse));
    }

    private static String reference(String text) {
        if (text.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("blank");
        }
        return text;
    }

    private static Pull pull(String text) {
        return Pull.valueOf(text.toUpperCase(Locale.ROOT));
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
        throw new IllegalArgumentException("no size");
    }

    private static Long nanoCpus(String text) {
        var cpus = new BigDecimal(text); // an IllegalArgumentException, too, if it is no number
        if (cpus.signum() <= 0 || cpus.compareTo(MOST_CPUS) > 0) {
            throw new IllegalArgumentException("out of range");
        }
        return cpus.movePointRight(9).longValue();
    }
}
