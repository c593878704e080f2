package org.junitnomos.testkit;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
            var context = Files.createTempDirectory("tiny-image");
            Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY . /\n");
            var tar = new ByteArrayInputStream(output(tarCommand(context)));
            Files.delete(context.resolve("Dockerfile"));
            Files.delete(context);
            client.buildImageCmd(tar)
                    .withTags(Set.of(NAME))
                    .exec(new BuildImageResultCallback())
                    .awaitImageId();
        }
    }

    private static List<String> tarCommand(Path context) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("tar", "-chf", "-", "-C", context.toString(), "Dockerfile"));
        command.addAll(List.of("-C", "/", "bin/sleep"));
        var libraries = LIBRARY.matcher(new String(output(List.of("ldd", "/bin/sleep")), StandardCharsets.UTF_8));
        while (libraries.find()) {
            command.add(libraries.group(1).substring(1));
        }
        return command;
    }

    private static byte[] output(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException(command + " ended with " + process.exitValue());
        }
        return output;
    }
}
