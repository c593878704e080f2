package org.junitnomos.deploy.container.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class HostJdkTests {
    @Test
    void namesProcessorsAsEnginesDo() throws Exception {
        assertThat(HostJdk.architecture("Linux", "amd64")).isEqualTo("amd64");
        assertThat(HostJdk.architecture("Linux", "aarch64")).isEqualTo("arm64");
    }

    @Test
    void asksForABaseImageWhereTheJdkIsNotOneForLinux() {
        assertThatThrownBy(() -> HostJdk.architecture("Mac OS X", "aarch64"))
                .isInstanceOf(ImageException.class)
                .hasMessage("The image of dev nodes is built from the running JDK, which must be one for Linux, but"
                        + " this one is for Mac OS X. Set a base image, or run the tests on Linux.");
        assertThatThrownBy(() -> HostJdk.architecture("Linux", "riscv64"))
                .isInstanceOf(ImageException.class)
                .hasMessage("The image of dev nodes is built from the running JDK, for processor amd64 or aarch64, but"
                        + " this one is for riscv64. Set a base image.");
    }

    @Test
    void namesTheLibraryThatIsMissing() throws Exception {
        HostJdk.requireTar(HostJdkTests.class.getClassLoader());
        try (var empty = new URLClassLoader(new URL[0], null)) {
            assertThatThrownBy(() -> HostJdk.requireTar(empty))
                    .isInstanceOf(ImageException.class)
                    .hasMessage("The image of dev nodes is written by commons-compress, which is not on the class path."
                            + " Add org.testcontainers:testcontainers, which brings it, or"
                            + " org.apache.commons:commons-compress as a test dependency.");
        }
    }
}
