package org.junitnomos.deploy.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitnomos.deploy.container.ContainerSettings.Pull;

class ContainerSettingsTests {
    private static ContainerSettings read(Map<String, String> properties, Map<String, String> environment) {
        return ContainerSettings.read(properties, environment);
    }

    @Test
    void buildsTheImageOfDevNodesUnlessToldOtherwise() {
        var settings = read(Map.of(), Map.of());

        assertThat(settings.image()).isNull();
        assertThat(settings.baseImage()).isNull();
        assertThat(settings.pull()).isEqualTo(Pull.MISSING);
        assertThat(settings.entryPoint()).isEmpty();
        assertThat(settings.memory()).isEqualTo(384L * 1024 * 1024);
        assertThat(settings.nanoCpus()).isNull();
        assertThat(settings.subnets()).hasToString("Subnets[first=181731328, count=256]");
    }

    @Test
    void takesTheImageOfTheTestnetByItsOwnVariable() {
        assertThat(read(Map.of(), Map.of("NOMOS_TESTNET_IMAGE", "nomos:1")).image())
                .isEqualTo("nomos:1");
        assertThat(read(Map.of("nomos.container.image", "mine:2"), Map.of("NOMOS_TESTNET_IMAGE", "nomos:1"))
                        .image())
                .isEqualTo("mine:2");
    }

    @Test
    void theImageOfTheTestnetHasRealNodesUnlessItsProgramIsNamed() {
        var testnet = Map.of("NOMOS_TESTNET_IMAGE", "nomos:1");

        assertThat(read(Map.of(), testnet).realByImage()).isTrue();
        assertThat(read(Map.of("nomos.container.entry-point", "java -jar node.jar"), testnet)
                        .realByImage())
                .isFalse();
        assertThat(read(Map.of("nomos.container.image", "mine:2"), testnet).realByImage())
                .isFalse();
        assertThat(read(Map.of(), Map.of()).realByImage()).isFalse();
    }

    @Test
    void knowsImagesOfSingleNodes() {
        var settings = read(
                Map.of("nomos.container.image.validator-1", "nomos:2"),
                Map.of("NOMOS_CONTAINER_IMAGE_EXECUTOR_0", "nomos:3", "NOMOS_CONTAINER_IMAGE_VALIDATOR_1", "nomos:4"));

        assertThat(settings.images())
                .containsExactly(Map.entry("executor-0", "nomos:3"), Map.entry("validator-1", "nomos:2"));
        assertThat(settings.image()).isNull();
    }

    @Test
    void prefersSystemPropertiesToTheEnvironment() {
        var environment = Map.of(
                "NOMOS_CONTAINER_ENTRY_POINT", "/bin/a  --b",
                "NOMOS_CONTAINER_PULL", "never",
                "NOMOS_CONTAINER_CPUS", "0.5",
                "NOMOS_CONTAINER_BASE_IMAGE", "none");

        var settings = read(Map.of("nomos.container.pull", "ALWAYS"), environment);

        assertThat(settings.pull()).isEqualTo(Pull.ALWAYS);
        assertThat(settings.entryPoint()).containsExactly("/bin/a", "--b");
        assertThat(settings.nanoCpus()).isEqualTo(500_000_000L);
        assertThat(settings.baseImage()).isEqualTo(ContainerSettings.NO_BASE);
    }

    @ParameterizedTest
    @CsvSource({"6291456, 6291456", "512MiB, 536870912", "512m, 536870912", "1 GB, 1073741824", "7000k, 7168000"})
    void readsSizes(String text, long bytes) {
        assertThat(read(Map.of("nomos.container.memory", text), Map.of()).memory())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        image   | my image    | the name of an image, without blanks
        base-image | a b      | the name of an image, without blanks, or none
        pull    | often       | missing, always or never
        memory  | much        | a size of at least 6 MiB, for example 512MiB
        memory  | 5m          | a size of at least 6 MiB, for example 512MiB
        memory  | 999999999999g | a size of at least 6 MiB, for example 512MiB
        cpus    | 0           | a number of processors over 0, for example 0.5
        cpus    | two         | a number of processors over 0, for example 0.5
        cpus    | 1e999       | a number of processors over 0, for example 0.5
        subnets | 10.213.0.0  | the first address of a network and its length from 8 to 24, for example 10.213.0.0/16
        subnets | 10.213.0.1/16 | the first address of a network and its length from 8 to 24, for example 10.213.0.0/16
        subnets | 10.0.0.0/25 | the first address of a network and its length from 8 to 24, for example 10.213.0.0/16
        subnets | 10.256.0.0/16 | the first address of a network and its length from 8 to 24, for example 10.213.0.0/16
        subnets | 10.a.0.0/16 | the first address of a network and its length from 8 to 24, for example 10.213.0.0/16
        """)
    void namesWhatIsMalformed(String key, String text, String expected) {
        assertThatThrownBy(() -> read(Map.of("nomos.container." + key, text), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Setting 'nomos.container." + key + "' (system property) is \"" + text + "\", expected "
                        + expected + ".");
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        var properties = new TreeMap<String, String>();
        properties.put("nomos.container.memroy", "1g");
        properties.put("nomos.container.command", "org.example.Command");
        properties.put("nomos.container.network-of-my-own", "x");
        properties.put("nomos.seed", "1");
        var environment = Map.of("NOMOS_CONTAINER_PULL", "often", "NOMOS_CONTAINER_CPU", "1");

        assertThatThrownBy(() -> read(properties, environment))
                .hasMessage(String.join(
                        "\n",
                        "Setting 'NOMOS_CONTAINER_PULL' (environment) is \"often\", expected missing, always or never.",
                        "Setting 'nomos.container.memroy' (system property) is not known. Did you mean"
                                + " 'nomos.container.memory'?",
                        "Setting 'nomos.container.network-of-my-own' (system property) is not known. There are"
                                + " nomos.container.base-image, nomos.container.command, nomos.container.cpus,"
                                + " nomos.container.entry-point, nomos.container.image, nomos.container.memory,"
                                + " nomos.container.pull, nomos.container.subnets.",
                        "Setting 'NOMOS_CONTAINER_CPU' (environment) is not known. Did you mean"
                                + " 'NOMOS_CONTAINER_CPUS'?"));
    }
}
