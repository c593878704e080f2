package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.runner.RequiredLibraries.Found;

class RequiredLibrariesTests {

    @ParameterizedTest
    @ValueSource(strings = {"2.12.7", "2.9.10", "1.9.13"})
    void namesWhatWasFoundAndNeededAndWhatToDo(String version) {
        assertThat(RequiredLibraries.tooOld(
                        RequiredLibraries.JACKSON,
                        "jackson-databind",
                        new Found(version, "jackson-databind.jar"),
                        2,
                        13))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("junit-nomos needs Jackson 2.13 or newer, but found jackson-databind " + version
                                + " (jackson-databind.jar); import com.fasterxml.jackson:jackson-bom"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.13.0", "2.13.5", "2.22.4", "3.0.0-rc1", "2.100", "unknown", ""})
    void acceptsWhatIsNewEnoughAndWhatNobodyCanRead(String version) {
        assertThat(RequiredLibraries.tooOld(
                        RequiredLibraries.JACKSON, "jackson-databind", new Found(version, null), 2, 13))
                .isEmpty();
    }

    @Test
    void namesAnOkHttpThatDoesNotTellItsVersion() {
        assertThat(RequiredLibraries.tooOld(RequiredLibraries.OKHTTP, "okhttp", new Found("3.x", "okhttp.jar"), 4, 9))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("found okhttp 3.x (okhttp.jar);", "com.squareup.okhttp3:okhttp:4.12.0"));
    }

    @Test
    void namesACoreThatIsOlderThanWhatStandsOnIt() {
        var databind = new Found("2.22.4", "jackson-databind-2.22.4.jar");

        assertThat(RequiredLibraries.apart("jackson-core", new Found("2.13.5", "jackson-core-2.13.5.jar"), databind))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith(
                                "jackson-databind 2.22.4 (jackson-databind-2.22.4.jar) needs jackson-core of the same"
                                        + " release, but found 2.13.5 (jackson-core-2.13.5.jar); "));
        assertThat(RequiredLibraries.apart("jackson-core", new Found("2.22.1", null), databind))
                .isEmpty();
        assertThat(RequiredLibraries.apart("jackson-core", new Found("2.23.0", null), databind))
                .isEmpty();
    }

    @Test
    void namesAnnotationsThatAreOlderThanWhatStandsOnThem() {
        assertThat(RequiredLibraries.apart(
                        "jackson-annotations",
                        new Found("2.9.10", "jackson-annotations-2.9.10.jar"),
                        new Found("2.22.4", null)))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("jackson-databind 2.22.4 needs jackson-annotations of the same release, but found"
                                + " 2.9.10 (jackson-annotations-2.9.10.jar); "));
    }

    @Test
    void namesEveryBouncyCastleThereIs() {
        assertThat(RequiredLibraries.bouncyCastle(List.of("bcprov-jdk15on-1.60.jar", "bcprov-jdk18on-1.87.jar")))
                .startsWith("junit-nomos needs BouncyCastle 1.70 or newer and no other beside it, but found"
                        + " bcprov-jdk15on-1.60.jar, bcprov-jdk18on-1.87.jar; ");
    }

    @Test
    void findsNothingToSayOfThisBuild() {
        assertThat(RequiredLibraries.problems()).isEmpty();
    }
}
