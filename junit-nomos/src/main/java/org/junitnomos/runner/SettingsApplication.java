package org.junitnomos.runner;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.deploy.Deployers;
import org.junitnomos.scenario.PlanTerms;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.scenario.ScenarioValidationException;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.SettingNames;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.topology.ConsensusParameters;

/** Applies settings to a plan, and names the settings in the failure when the plan cannot run with them. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class SettingsApplication {
    private SettingsApplication() {}

    /**
     * Applies what settings say of plans: backend, time, factor of the run window, and the consensus variables of the
     * Rust framework.
     *
     * @throws ScenarioValidationException if the plan cannot run with these settings
     */
    public static Scenario apply(RunSettings settings, Scenario scenario) {
        return apply(settings, scenario, PlanTerms.BUILDER);
    }

    /**
     * Applies what settings say of plans, and tells of problems in the terms of those who wrote the plan.
     *
     * @param terms how they call what they set
     * @return the plan that runs
     * @throws ScenarioValidationException if the plan cannot run with these settings
     */
    public static Scenario apply(RunSettings settings, Scenario scenario, PlanTerms terms) {
        var unfit = RequiredLibraries.problems();
        if (!unfit.isEmpty()) {
            throw new ScenarioValidationException("The class path", unfit);
        }
        var builder = scenario.toBuilder();
        var changes = new ArrayList<String>();
        if (settings.backend() != null && !settings.backend().equals(scenario.backend())) {
            builder.backend(settings.backend());
            changes.add(SettingNames.BACKEND + "=" + settings.backend());
        }
        if (settings.time() != null && settings.time() != scenario.time()) {
            builder.time(settings.time());
            changes.add(SettingNames.TIME + "=" + settings.time().label());
        }
        if (settings.runForFactor().compareTo(BigDecimal.ONE) != 0) {
            builder.runFor(scaled(scenario.runWindow(), settings.runForFactor()));
            changes.add(
                    SettingNames.RUN_FOR_FACTOR + "=" + settings.runForFactor().toPlainString());
        }
        applyConsensus(settings, scenario, builder, changes);
        try {
            if (settings.observability()
                    && !scenario.observability()
                    && builder.build(terms).timeMode() == TimeMode.REAL) {
                builder.observability(true);
            }
            applyImage(settings, builder.build(terms), builder, changes);
            return unopposed(builder.build(terms));
        } catch (ScenarioValidationException e) {
            if (changes.isEmpty()) {
                throw e;
            }
            throw new ScenarioValidationException(e.plan() + " with " + String.join(", ", changes), e.problems());
        }
    }

    /** Without a Prometheus, and where one is named that is there already, no image matters. */
    private static void applyImage(RunSettings settings, Scenario plan, ScenarioBuilder builder, List<String> changes) {
        var image = settings.observabilityImage();
        if (image != null && plan.observability()) {
            builder.observability(image);
            changes.add(SettingNames.OBSERVABILITY_IMAGE + "=" + image);
        }
    }

    /** Only the backend that runs the plan may object to it: what its nodes are is a setting, too. */
    private static Scenario unopposed(Scenario plan) {
        var deployers = Deployers.load();
        if (deployers.names().contains(plan.backend())) {
            var objections = deployers.find(plan.backend()).objections(plan.topology());
            if (!objections.isEmpty()) {
                throw new ScenarioValidationException("Scenario '" + plan.name() + "'", objections);
            }
        }
        return plan;
    }

    /** The original reads these variables instead of its defaults; a plan that names values of its own keeps them. */
    private static void applyConsensus(
            RunSettings settings, Scenario scenario, ScenarioBuilder builder, List<String> changes) {
        var consensus = scenario.topology().consensus();
        var slot = settings.slot();
        if (slot != null && consensus.slotDuration().equals(ConsensusParameters.DEFAULT.slotDuration())) {
            builder.slot(slot);
            changes.add(SettingNames.SLOT_TIME + "=" + slot.toSeconds());
        }
        var f = settings.activeSlotCoefficient();
        if (f != null
                && consensus.activeSlotCoefficient().equals(ConsensusParameters.DEFAULT.activeSlotCoefficient())) {
            builder.activeSlotCoefficient(f);
            changes.add(SettingNames.ACTIVE_SLOT_COEFF + "=" + f.toPlainString());
        }
    }

    private static Duration scaled(Duration duration, BigDecimal factor) {
        var nanos = BigDecimal.valueOf(duration.getSeconds())
                .movePointRight(9)
                .add(BigDecimal.valueOf(duration.getNano()))
                .multiply(factor)
                .setScale(0, RoundingMode.HALF_UP)
                .toBigInteger();
        return nanos.bitLength() < Long.SIZE ? Duration.ofNanos(nanos.longValue()) : Duration.ofSeconds(Long.MAX_VALUE);
    }
}
