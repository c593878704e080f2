package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LibrariesTests {

    @Test
    void areNewEnoughInThisBuild() {
        assertThat(ClusterRequirement.libraries(getClass().getClassLoader()).isMet())
                .isTrue();
    }

    @Test
    void thatAreMissingAreNamedWithTheFix() {
        var requirement = ClusterRequirement.libraries(ClassLoader.getPlatformClassLoader());

        assertThat(requirement.missing())
                .startsWith(
                        "junit-nomos-k8s needs jackson-annotations 2.22 or newer, but found none. Import com.fasterxml");
    }
}
