package org.junitnomos.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunSettingsTests {
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();

    private RunSettings read() {
        return RunSettings.read(name -> Optional.ofNullable(parameters.get(name)), environment, properties);
    }

    @Nested
    class Reading {
        @Test
        void hasDefaults() {
            var settings = RunSettings.defaults();

            assertThat(settings.backend()).isNull();
            assertThat(settings.seed()).isNull();
            assertThat(settings.time()).isNull();
            assertThat(settings.keep()).isEqualTo(KeepPolicy.FAILED);
            assertThat(settings.strict()).isFalse();
            assertThat(settings.requirements()).isEqualTo(RequirementPolicy.SKIP);
            assertThat(settings.directory()).isEqualTo(Path.of("target", "nomos"));
            assertThat(settings.runForFactor()).isEqualTo(BigDecimal.ONE);
            assertThat(settings.maxNodes()).isZero();
            assertThat(settings.progress()).isEqualTo(ProgressMode.AUTO);
            assertThat(settings.groupTopologies()).isFalse();
            assertThat(settings.readinessTimeout()).isEqualTo(Duration.ofSeconds(60));
        }

        @Test
        void prefersSystemPropertiesToTheEnvironmentToParameters() {
            parameters.put("nomos.seed", "1");
            assertThat(read().seed()).isEqualTo(1);
            environment.put("NOMOS_SEED", "2");
            assertThat(read().seed()).isEqualTo(2);
            properties.put("nomos.seed", "3");
            assertThat(read().seed()).isEqualTo(3);
        }

        @Test
        void takesAnEmptyTextAsNone() {
            environment.put("NOMOS_SEED", "2");
            properties.put("nomos.seed", " ");

            assertThat(read().seed()).isEqualTo(2);
        }

        @Test
        void readsEverySetting() {
            properties.put("nomos.backend", "process");
            properties.put("nomos.time", "Real");
            properties.put("nomos.keep", "always");
            properties.put("nomos.strict", "true");
            properties.put("nomos.requirements", "fail");
            properties.put("nomos.directory", "build/runs");
            properties.put("nomos.run-for.factor", "0.1");
            properties.put("nomos.max.nodes", "12");
            properties.put("nomos.progress", "off");
            properties.put("nomos.sweep", "validators=3");
            environment.put("NOMOS_GROUP_TOPOLOGIES", "1");

            var settings = read();

            assertThat(settings.backend()).isEqualTo("process");
            assertThat(settings.time()).isEqualTo(TimeMode.REAL);
            assertThat(settings.keep()).isEqualTo(KeepPolicy.ALWAYS);
            assertThat(settings.strict()).isTrue();
            assertThat(settings.requirements()).isEqualTo(RequirementPolicy.FAIL);
            assertThat(settings.directory()).isEqualTo(Path.of("build/runs"));
            assertThat(settings.runForFactor()).isEqualTo(new BigDecimal("0.1"));
            assertThat(settings.maxNodes()).isEqualTo(12);
            assertThat(settings.progress()).isEqualTo(ProgressMode.OFF);
            assertThat(settings.sweep()).isEqualTo("validators=3");
            assertThat(settings.groupTopologies()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "false", "no", "OFF"})
        void takesTheseAsOff(String off) {
            properties.put("nomos.strict", off);
            environment.put("NOMOS_TESTS_KEEP_LOGS", off);
            environment.put("SLOW_TEST_ENV", off);
            environment.put("CI", off);

            var settings = read();

            assertThat(settings.strict()).isFalse();
            assertThat(settings.keep()).isEqualTo(KeepPolicy.FAILED);
            assertThat(settings.slow()).isFalse();
            assertThat(settings.requirements()).isEqualTo(RequirementPolicy.SKIP);
        }

        @Test
        void keepsTheMeaningOfTheVariablesOfTheOriginal() {
            environment.put("NOMOS_TESTS_KEEP_LOGS", "1");
            environment.put("SLOW_TEST_ENV", "true");
            environment.put("CONSENSUS_SLOT_TIME", "5");
            environment.put("CONSENSUS_ACTIVE_SLOT_COEFF", "0.5");
            environment.put("NOMOS_LOG_DIR", "/tmp/logs");
            environment.put("NOMOS_LOG_LEVEL", "DEBUG");

            var settings = read();

            assertThat(settings.keep()).isEqualTo(KeepPolicy.ALWAYS);
            assertThat(settings.readinessTimeout()).isEqualTo(Duration.ofSeconds(120));
            assertThat(settings.slot()).isEqualTo(Duration.ofSeconds(5));
            assertThat(settings.activeSlotCoefficient()).isEqualTo(new BigDecimal("0.5"));
            assertThat(settings.logDirectory()).isEqualTo(Path.of("/tmp/logs"));
            assertThat(settings.logLevel()).isEqualTo(LogLevel.DEBUG);
        }

        @Test
        void prefersItsOwnSettingToTheOneOfTheOriginal() {
            environment.put("NOMOS_TESTS_KEEP_LOGS", "1");
            parameters.put("nomos.keep", "never");

            assertThat(read().keep()).isEqualTo(KeepPolicy.NEVER);
        }

        @ParameterizedTest
        @ValueSource(strings = {"true", "1", "woodpecker"})
        void failsWithoutRequirementsOnABuildServer(String ci) {
            environment.put("CI", ci);

            assertThat(read().requirements()).isEqualTo(RequirementPolicy.FAIL);
            assertThat(read().strict()).isTrue();
            assertThat(read().strictBecause()).isEqualTo("CI is set in the environment");
        }

        @Test
        void letsAnExplicitStrictWinOverTheBuildServer() {
            environment.put("CI", "true");
            parameters.put("nomos.strict", "false");
            assertThat(read().strict()).isFalse();

            environment.put("NOMOS_STRICT", "on");
            assertThat(read().strictBecause()).isEqualTo("nomos.strict is on (environment)");

            properties.put("nomos.strict", "no");
            assertThat(read().strict()).isFalse();
        }
    }

    @Nested
    class Refusing {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "nomos.seed | 0x10 | a whole number from -2^63 to 2^63 - 1",
                    "nomos.time | fast | one of virtual, real",
                    "nomos.keep | sometimes | one of never, failed, always",
                    "nomos.strict | maybe | 1 or true, 0 or false",
                    "nomos.requirements | ignore | one of skip, fail",
                    "nomos.run-for.factor | 0 | a positive number, at most 1000",
                    "nomos.run-for.factor | twice | a positive number, at most 1000",
                    "nomos.run-for.factor | 1001 | a positive number, at most 1000",
                    "nomos.max.nodes | -1 | a whole number, 0 for no limit",
                    "nomos.max.nodes | many | a whole number, 0 for no limit",
                    "nomos.progress | bar | one of auto, plain, verbose, off"
                })
        void aMalformedSetting(String name, String text, String expected) {
            properties.put(name, text);

            assertThatThrownBy(RunSettingsTests.this::read)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "Setting '" + name + "' (system property) is \"" + text + "\", expected " + expected + ".");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "CONSENSUS_SLOT_TIME | 2s | a positive whole number of seconds",
                    "CONSENSUS_SLOT_TIME | 0 | a positive whole number of seconds",
                    "CONSENSUS_ACTIVE_SLOT_COEFF | 1 | a chance between 0 and 1, both excluded",
                    "NOMOS_LOG_LEVEL | loud | one of trace, debug, info, warn, error",
                    "SLOW_TEST_ENV | perhaps | 1 or true, 0 or false"
                })
        void aMalformedVariable(String name, String text, String expected) {
            environment.put(name, text);

            assertThatThrownBy(RunSettingsTests.this::read)
                    .hasMessage("Setting '" + name + "' (environment) is \"" + text + "\", expected " + expected + ".");
        }

        @Test
        void anUnknownSettingWithTheNearestKnownOne() {
            properties.put("nomos.sed", "4711");

            assertThatThrownBy(RunSettingsTests.this::read)
                    .hasMessage("Setting 'nomos.sed' (system property) is not known. Did you mean 'nomos.seed'?");
        }

        @Test
        void anUnknownSettingThatIsNearNothing() {
            properties.put("nomos.something.else", "1");

            assertThatThrownBy(RunSettingsTests.this::read)
                    .hasMessageStartingWith("Setting 'nomos.something.else' (system property) is not known. There are"
                            + " nomos.backend, nomos.seed, ");
        }

        @Test
        void aMisspelledVariableButNoneOfOtherPrograms() {
            environment.put("NOMOS_NODE_BIN", "/opt/nomos-node");
            environment.put("NOMOS_KZGRS_PARAMS_PATH", "/opt/kzg");
            environment.put("NOMOS_BAKEND", "process");

            assertThatThrownBy(RunSettingsTests.this::read)
                    .hasMessage("Setting 'NOMOS_BAKEND' (environment) is not known. Did you mean 'NOMOS_BACKEND'?");
        }

        @Test
        void refusesAVariableOfTheOriginalThatIsOneLetterOff() {
            environment.put("NOMOS_TESTS_KEEP_LOG", "1");

            assertThatThrownBy(RunSettingsTests.this::read)
                    .hasMessage("Setting 'NOMOS_TESTS_KEEP_LOG' (environment) is not known. Did you mean"
                            + " 'NOMOS_TESTS_KEEP_LOGS'?");
        }

        @Test
        void allThatIsWrongAtOnce() {
            properties.put("nomos.keeep", "never");
            properties.put("nomos.seed", "x");

            assertThatThrownBy(RunSettingsTests.this::read)
                    .hasMessageContaining(
                            "Did you mean 'nomos.keep'?\nSetting 'nomos.seed' (system property) is \"x\"");
        }

        @Test
        void unknownNamesOfAFileButNotThoseOfBackendsOrOthers() {
            RunSettings.requireKnown(
                    List.of("nomos.seed", "junit.jupiter.extensions"), "junit-platform.properties", List.of());

            assertThatThrownBy(() ->
                            RunSettings.requireKnown(List.of("nomos.strikt"), "junit-platform.properties", List.of()))
                    .hasMessage("Setting 'nomos.strikt' (junit-platform.properties) is not known. Did you mean"
                            + " 'nomos.strict'?");
        }

        @Test
        void aSettingOfABackendWhereItCannotSeeIt() {
            assertThatThrownBy(() -> RunSettings.requireKnown(
                            List.of("nomos.container.base-image"), "junit-platform.properties", List.of()))
                    .hasMessage("Setting 'nomos.container.base-image' (junit-platform.properties) belongs to a backend,"
                            + " which reads system properties and environment variables only. Set it by"
                            + " -Dnomos.container.base-image=… or NOMOS_CONTAINER_BASE_IMAGE=….");
        }
    }

    @Nested
    class RefusingWithTheBackendsThatAreThere {
        private final List<String> ofBackends =
                List.of("nomos.process.command", "nomos.kubernetes.memory", "nomos.mine.speed", "NOMOS_TESTNET_IMAGE");

        private RunSettings read() {
            return RunSettings.read(
                    name -> Optional.ofNullable(parameters.get(name)), ofBackends, environment, properties);
        }

        @Test
        void nothingThatTheyRead() {
            properties.put("nomos.process.command", "com.example.Mine");
            properties.put("nomos.mine.speed", "1");
            environment.put("NOMOS_KUBERNETES_MEMORY", "1Gi");
            environment.put("NOMOS_TESTNET_IMAGE", "a:1");

            assertThat(read()).isEqualTo(RunSettings.defaults());
        }

        @Test
        void nothingThatIsSaidOfASingleNode() {
            properties.put("nomos.node.bin.validator-1", "/opt/next");
            environment.put("NOMOS_NODE_BIN_EXECUTOR_0", "/opt/next");
            environment.put("NOMOS_PROCESS_COMMAND_VALIDATOR_12", "com.example.Mine");

            assertThat(read()).isEqualTo(RunSettings.defaults());
        }

        @Test
        void whatIsSaidOfNoNode() {
            properties.put("nomos.node.bin.node-1", "/opt/next");

            assertThatThrownBy(this::read)
                    .hasMessageStartingWith("Setting 'nomos.node.bin.node-1' (system property) is not known. There are"
                            + " nomos.backend, nomos.seed, nomos.replay, nomos.replay.on,")
                    .hasMessageContaining(
                            " nomos.sweep, nomos.observability, nomos.observability.image, nomos.metrics.query.url,")
                    .hasMessageEndingWith(", nomos.otlp.metrics.endpoint, and those of the backends.");
        }

        @Test
        void nothingOfABackendThatIsNotThere() {
            properties.put("nomos.container.memroy", "1g");
            environment.put("NOMOS_CONTAINER_MEMROY", "1g");

            assertThat(read()).isEqualTo(RunSettings.defaults());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "nomos.process.comand | Did you mean 'nomos.process.command'?",
                    "nomos.procss.command | Did you mean 'nomos.process.command'?",
                    "nomos.kubernetes.memroy | Did you mean 'nomos.kubernetes.memory'?",
                    "nomos.kubernetes.nothing-like-it | There are nomos.kubernetes.memory.",
                    "nomos.mine.sped | Did you mean 'nomos.mine.speed'?"
                })
        void aNameThatNoneOfThemReads(String name, String meant) {
            properties.put(name, "x");

            assertThatThrownBy(this::read)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Setting '" + name + "' (system property) is not known. " + meant);
        }

        @ParameterizedTest
        @ValueSource(strings = {"nomos.embedded.foo", "nomos.node.command.line"})
        void whatBeginsLikeABackendThatReadsNothing(String name) {
            properties.put(name, "x");

            assertThatThrownBy(this::read)
                    .hasMessageStartingWith("Setting '" + name + "' (system property) is not known. There are")
                    .hasMessageEndingWith(", and those of the backends.");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "NOMOS_PROCESS_COMAND | Did you mean 'NOMOS_PROCESS_COMMAND'?",
                    "NOMOS_MINE_COLOUR | There are NOMOS_MINE_SPEED.",
                    "NOMOS_TESTNET_IMAG | Did you mean 'NOMOS_TESTNET_IMAGE'?"
                })
        void aVariableThatNoneOfThemReads(String variable, String meant) {
            environment.put(variable, "x");
            environment.put("NOMOS_NODE_BIN", "/opt/node");

            assertThatThrownBy(this::read)
                    .hasMessage("Setting '" + variable + "' (environment) is not known. " + meant);
        }

        @Test
        void theirsInAFileThatTheyDoNotSee() {
            assertThatThrownBy(() -> RunSettings.requireKnown(
                            List.of("nomos.mine.speed", "nomos.mine.sped"), "junit-platform.properties", ofBackends))
                    .hasMessage("""
                            Setting 'nomos.mine.sped' (junit-platform.properties) is not known. Did you mean \
                            'nomos.mine.speed'?
                            Setting 'nomos.mine.speed' (junit-platform.properties) belongs to a backend, which reads \
                            system properties and environment variables only. Set it by -Dnomos.mine.speed=… or \
                            NOMOS_MINE_SPEED=….\
                            """);
        }
    }

    @Nested
    class Changing {
        @Test
        void leavesEverythingElseAsItWas() {
            properties.put("nomos.backend", "process");
            properties.put("nomos.seed", "1");
            var settings = read();

            assertThat(settings.withSeed(2L).withSeed(1L)).isEqualTo(settings).hasSameHashCodeAs(settings);
            assertThat(settings.withReplay(Path.of("a")).withStrict(true).withKeep(KeepPolicy.NEVER))
                    .returns("process", RunSettings::backend)
                    .returns(1L, RunSettings::seed)
                    .returns(Path.of("a"), RunSettings::replay)
                    .returns("it was asked for in code", RunSettings::strictBecause)
                    .returns(KeepPolicy.NEVER, RunSettings::keep)
                    .isNotEqualTo(settings);
            assertThat(settings.withDirectory(Path.of("b")).directory()).isEqualTo(Path.of("b"));
        }
    }
}
