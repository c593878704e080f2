package org.junitnomos.jupiter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitnomos.deploy.Deployers;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RequirementPolicy;
import org.junitnomos.settings.RunSettings;

/** Read what the environment says: the settings, and whether a backend can run here. */
final class Environment {
    private static final String PROPERTIES = "junit-platform.properties";

    private Environment() {}

    /**
     * Read the settings.
     *
     * @throws IllegalArgumentException if a setting is unknown or malformed
     */
    static RunSettings settings(ExtensionContext context) {
        RunSettings.requireKnown(properties().stringPropertyNames(), PROPERTIES);
        return RunSettings.read(context::getConfigurationParameter);
    }

    /**
     * Look up a setting that belongs to this room alone: system property, else environment, else JUnit's parameters.
     */
    static Optional<String> setting(String name, ExtensionContext context) {
        var variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .or(() -> context.getConfigurationParameter(name));
    }

    /** Say whether test classes are to be ordered by topology; wrong settings are told by the tests, by their names. */
    static boolean groupsTopologies() {
        try {
            var properties = properties();
            return RunSettings.read(name -> Optional.ofNullable(properties.getProperty(name)))
                    .groupTopologies();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Say what the backend of a plan is missing on this machine; null if nothing. */
    static @Nullable String missing(Scenario scenario, RunSettings settings) {
        var backend = settings.backend() == null ? scenario.backend() : settings.backend();
        var deployers = Deployers.load();
        if (!deployers.names().contains(backend)) {
            return null; // an unknown backend is a problem of the plan, told with the others
        }
        var missing = deployers.find(backend).requirement().missing();
        return missing == null ? null : "backend '" + backend + "' cannot run here: " + missing;
    }

    /** Skip a test whose backend cannot run here, unless it is to fail: then it starts, and fails by its name. */
    static ConditionEvaluationResult condition(Scenario scenario, RunSettings settings) {
        var missing = missing(scenario, settings);
        if (missing == null) {
            return ConditionEvaluationResult.enabled("the backend can run here");
        }
        return settings.requirements() == RequirementPolicy.SKIP
                ? ConditionEvaluationResult.disabled(missing + " (nomos.requirements=skip)")
                : ConditionEvaluationResult.enabled("fails because nomos.requirements=fail");
    }

    /**
     * Fail a test whose backend cannot run here.
     *
     * @throws DeploymentException naming what is missing
     */
    static void require(Scenario scenario, RunSettings settings) {
        var missing = missing(scenario, settings);
        if (missing != null) {
            throw new DeploymentException(missing + " (nomos.requirements=fail)", null);
        }
    }

    private static Properties properties() {
        var properties = new Properties();
        var loader = Thread.currentThread().getContextClassLoader();
        try (InputStream input = loader == null ? null : loader.getResourceAsStream(PROPERTIES)) {
            if (input != null) {
                properties.load(input);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + PROPERTIES, e);
        }
        return properties;
    }
}
