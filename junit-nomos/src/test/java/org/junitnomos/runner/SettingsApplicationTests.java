package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioValidationException;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.testkit.DeclaredBackends;

/** What settings make of a plan. */
@ExtendWith(DeclaredBackends.class)
class SettingsApplicationTests {
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();

    private RunSettings read() {
        return RunSettings.read(name -> Optional.empty(), environment, properties);
    }

    private Scenario plan() {
        return Scenario.builder()
                .backend("scripted")
                .runFor(Duration.ofMinutes(2))
                .build();
    }

    @Test
    void leavesAPlanAloneByDefault() {
        assertThat(SettingsApplication.apply(RunSettings.defaults(), plan())).isEqualTo(plan());
    }

    @Test
    void changesBackendTimeAndRunWindow() {
        properties.put("nomos.backend", "scripted-plain");
        properties.put("nomos.time", "real");
        properties.put("nomos.run-for.factor", "2.5");

        var plan = SettingsApplication.apply(read(), plan());

        assertThat(plan.backend()).isEqualTo("scripted-plain");
        assertThat(plan.time()).isEqualTo(TimeMode.REAL);
        assertThat(plan.runWindow()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void namesTheSettingsWhenThePlanCannotRunWithThem() {
        properties.put("nomos.backend", "scripted-plain");
        properties.put("nomos.time", "virtual");

        assertThatThrownBy(() -> SettingsApplication.apply(read(), plan()))
                .isInstanceOf(ScenarioValidationException.class)
                .hasMessage("Scenario 'scenario' with nomos.backend=scripted-plain, nomos.time=virtual has 1 problem:\n"
                        + "  (1) time is virtual, expected a backend with virtual time: backend"
                        + " 'scripted-plain' has no capability. Use real time, or the embedded backend.");
    }

    @Test
    void replacesOnlyTheDefaultSlotAndCoefficient() {
        environment.put("CONSENSUS_SLOT_TIME", "5");
        environment.put("CONSENSUS_ACTIVE_SLOT_COEFF", "0.5");
        var own = plan().toBuilder()
                .slot(Duration.ofSeconds(1))
                .activeSlotCoefficient("0.25")
                .build();

        assertThat(SettingsApplication.apply(read(), plan())
                        .topology()
                        .consensus()
                        .slotDuration())
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(SettingsApplication.apply(read(), plan())
                        .topology()
                        .consensus()
                        .activeSlotCoefficient())
                .isEqualTo(new BigDecimal("0.5"));
        assertThat(SettingsApplication.apply(read(), own)).isEqualTo(own);
    }

    @Test
    void replaysWithTheSettingsThatMatter() {
        properties.put("nomos.backend", "scripted-plain");
        properties.put("nomos.time", "real");
        properties.put("nomos.run-for.factor", "2.50");
        environment.put("CONSENSUS_SLOT_TIME", "5");
        environment.put("CONSENSUS_ACTIVE_SLOT_COEFF", "0.5");
        var settings = read();

        var info = new RunInfo(
                SettingsApplication.apply(settings, plan()), settings, 99, TimeMode.REAL, "Steady#survives");

        assertThat(info.replayCommand())
                .isEqualTo("CONSENSUS_SLOT_TIME=5 CONSENSUS_ACTIVE_SLOT_COEFF=0.5 mvn test -Dtest=Steady#survives"
                        + " -Dnomos.seed=99 -Dnomos.backend=scripted-plain"
                        + " -Dnomos.time=real -Dnomos.run-for.factor=2.50");
    }
}
