package org.junitnomos.deploy.container.offline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

class RuntimeLayerTests {
    private static final Path HOME = Path.of("/opt/some-jdk");

    /** Fails as jlink does. */
    private record BrokenTool() implements ToolProvider {
        @Override
        public String name() {
            return "jlink";
        }

        @Override
        public int run(PrintWriter out, PrintWriter err, String... arguments) {
            err.println("Error: Module java.logging not found");
            return 2;
        }
    }

    private static String advice() {
        int version = Runtime.version().feature();
        return "Run the tests with a whole JDK, with its jmods (Debian and Ubuntu: apt-get install openjdk-" + version
                + "-jdk-headless; Fedora: dnf install java-" + version + "-openjdk-devel java-" + version
                + "-openjdk-jmods; Alpine: apk add openjdk" + version + "), or set a base image.";
    }

    private static final class FullDisk implements ToolProvider {
        @Override
        public String name() {
            return "jlink";
        }

        @Override
        public int run(PrintWriter out, PrintWriter err, String... args) {
            err.println("Error: java.io.IOException: No space left on device");
            return 1;
        }
    }

    @Test
    void saysWhatToInstallWhereThereIsNoJlink() {
        var subject = new RuntimeLayer(HOME, Optional::empty);

        assertThatThrownBy(() -> subject.link(Path.of("unused")))
                .isInstanceOf(ImageException.class)
                .hasMessage("The image of dev nodes is linked from the running JDK, but /opt/some-jdk has no jlink. "
                        + advice());
    }

    @Test
    void saysWhyJlinkFailed() {
        var subject = new RuntimeLayer(HOME, () -> Optional.of(new BrokenTool()));

        assertThatThrownBy(() -> subject.link(Path.of("unused")))
                .isInstanceOf(ImageException.class)
                .hasMessage("The image of dev nodes is linked from the running JDK, but jlink of /opt/some-jdk ended"
                        + " with code 2: Error: Module java.logging not found " + advice());
    }

    @Test
    void leavesAFullDiskToTheCacheWhichKnowsWhatToDo() {
        var subject = new RuntimeLayer(HOME, () -> Optional.of(new FullDisk()));

        assertThatThrownBy(() -> subject.link(Path.of("unused")))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("Error: java.io.IOException: No space left on device");
    }
}
