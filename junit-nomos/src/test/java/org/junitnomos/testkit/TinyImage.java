package org.junitnomos.testkit;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** An image that can do nothing but sleep, made of this machine's {@code sleep} and its libraries, without a registry. */
public final class TinyImage {
    /** Its name; it is made once and left, as it has some two megabytes. */
    public static final String NAME = "junit-nomos/tests-sleep:1";

    /** What a container of it runs; ends at once when it is told to. */
    public static final String[] COMMAND = {"/bin/sleep", "600"};

    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    private TinyImage() {}

    /** Make the image if the engine does not have it. */
    public static void provide(DockerClient client) throws IOException, InterruptedException {
        try {
            client.inspectImageCmd(NAME).exec();
        } catch (NotFoundException e) {
            var tar = new ProcessBuilder(tarCommand()).start();
            tar.getOutputStream().close();
            int colon = NAME.indexOf(':');
            client.createImageCmd(NAME.substring(0, colon), tar.getInputStream())
                    .withTag(NAME.substring(colon + 1))
                    .exec();
            if (tar.waitFor() != 0) {
                throw new IOException(
                        "tar: " + new String(tar.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    private static List<String> tarCommand() throws IOException {
        var command = new ArrayList<>(List.of("tar", "-C", "/", "-chf", "-", "bin/sleep"));
        var ldd = new ProcessBuilder("ldd", "/bin/sleep").start();
        var libraries = LIBRARY.matcher(new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        while (libraries.find()) {
            command.add(libraries.group(1).substring(1));
        }
        return command;
    }
}
