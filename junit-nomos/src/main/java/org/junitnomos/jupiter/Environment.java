package org.junitnomos.jupiter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junitnomos.deploy.Deployers;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.runner.PrometheusRequirement;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RequirementPolicy;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.SettingNames;
import org.junitnomos.settings.SettingsReader;
import org.opentest4j.TestAbortedException;

/** Reads what the environment says: the settings, and whether a backend can run here. */
final class Environment {
    private static final String PROPERTIES = "junit-platform.properties";

    private Environment() {}

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException if a setting is unknown or malformed
     */
    static RunSettings settings(ExtensionContext context) {
        var ofBackends = Deployers.load().settings();
        RunSettings.requireKnown(properties().stringPropertyNames(), PROPERTIES, ofBackends);
        return RunSettings.read(context::getConfigurationParameter, ofBackends);
    }

    /**
     * Says whether test classes are to be ordered by topology; wrong settings are told by the tests, by their names.
     */
    static boolean groupsTopologies() {
        var properties = properties();
        return SettingsReader.ofThisJvm(name -> Optional.ofNullable(properties.getProperty(name)))
                .flag(SettingNames.GROUP_TOPOLOGIES, false);
    }

    /** Says what the backend of a plan, or its Prometheus, is missing on this machine; null if nothing. */
    static @Nullable String missing(Scenario scenario, RunSettings settings) {
        var backend = settings.backend() == null ? scenario.backend() : settings.backend();
        var deployers = Deployers.load();
        if (!deployers.names().contains(backend)) {
            return null; // an unknown backend is a problem of the plan, told with the others
        }
        var missing = deployers.find(backend).requirement(scenario.topology()).missing();
        if (missing != null) {
            return "backend '" + backend + "' cannot run here: " + missing;
        }
        var needed = PrometheusRequirement.of(scenario, settings).missing();
        return needed == null ? null : "the Prometheus of the run cannot run here: " + needed;
    }

    /** Aborts a class whose {@code @BeforeAll} methods want parts of a run where its backend cannot run here. */
    static void checkForAll(ExtensionContext context) {
        var asking = AnnotationSupport.findAnnotatedMethods(
                context.getRequiredTestClass(), BeforeAll.class, HierarchyTraversalMode.TOP_DOWN);
        if (asking.stream().anyMatch(method -> method.getParameterCount() > 0)) {
            var condition = condition(Runs.outline(context).scenario(), settings(context));
            if (condition.isDisabled()) {
                throw new TestAbortedException(condition.getReason().orElse(""));
            }
        }
    }

    /** Skips a test whose backend cannot run here, unless it is to fail: then it starts, and fails by its name. */
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
     * Fails a test whose backend cannot run here.
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
