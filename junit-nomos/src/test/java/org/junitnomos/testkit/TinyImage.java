package org.junitnomos.testkit;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.nio.file.Path;

/** An image that can do nothing but sleep, made of this machine's {@code sleep} and its libraries, without a registry. */
public final class TinyImage {
    /** Its name; it is made once and left, as it has some two megabytes. */
    public static final String NAME = "junit-nomos/tests-sleep:1";

    /** What a container of it runs; ends at once when it is told to. */
    public static final String[] COMMAND = {"/bin/sleep", "600"};

    private TinyImage() {}

    /** Make the image if the engine does not have it. */
    public static void provide(DockerClient client) throws IOException, InterruptedException {
        ProgramImage.provide(client, NAME, Path.of("/bin/sleep"), "");
    }
}
