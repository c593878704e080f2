package org.junitnomos.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.Requirement;

class PrometheusChoiceTests {
    private static final Optional<Path> PROGRAM = Optional.of(Path.of("/usr/bin/prometheus"));

    private static Requirement noEngine() {
        return Requirement.missing("No Docker engine answers: x. Start Docker.");
    }

    private static Requirement unasked() {
        throw new AssertionError("an engine is asked for in vain");
    }

    @Test
    void aProgramOfThisMachineIsTakenUnlessAnImageIsNamed() {
        var choice = PrometheusChoice.of(null, PROGRAM, PrometheusChoiceTests::unasked);

        assertThat(choice.program()).hasToString("/usr/bin/prometheus");
        assertThat(choice.image()).isNull();
        assertThat(choice.requirement().isMet()).isTrue();
        assertThat(choice.described()).isEqualTo("/usr/bin/prometheus");
    }

    @Test
    void anImageThatIsNamedIsTaken() {
        var choice = PrometheusChoice.of("mine:1", PROGRAM, Requirement::met);

        assertThat(choice.program()).isNull();
        assertThat(choice.image()).isEqualTo("mine:1");
        assertThat(choice.requirement().isMet()).isTrue();
        assertThat(choice.described()).isEqualTo("a container of image 'mine:1'");
    }

    @Test
    void theUsualImageStandsInForTheProgram() {
        var choice = PrometheusChoice.of(null, Optional.empty(), Requirement::met);

        assertThat(choice.image()).isEqualTo("prom/prometheus:v2.53.1");
        assertThat(choice.requirement().isMet()).isTrue();
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(PrometheusChoice.of("mine:1", PROGRAM, PrometheusChoiceTests::noEngine)
                        .requirement()
                        .missing())
                .isEqualTo("its image 'mine:1' needs an engine. No Docker engine answers: x. Start Docker.");
        assertThat(PrometheusChoice.of(null, Optional.empty(), PrometheusChoiceTests::noEngine)
                        .requirement()
                        .missing())
                .isEqualTo(
                        "there is no program 'prometheus' in PATH: install it, as Debian's package 'prometheus' does,"
                                + " or name a Prometheus that is there with nomos.metrics.query.url. No container can take its"
                                + " place either: No Docker engine answers: x. Start Docker.");
    }

    @Test
    void findsTheProgramInThePath(@TempDir Path directory) throws Exception {
        var program = Files.createFile(directory.resolve("prometheus"));
        var path = Map.of("PATH", "/nowhere" + File.pathSeparator + File.pathSeparator + directory);

        assertThat(PrometheusChoice.inPath(path)).as("it may not be executed").isEmpty();
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(PrometheusChoice.inPath(path)).contains(program);
        assertThat(PrometheusChoice.inPath(Map.of())).isEmpty();
    }
}
