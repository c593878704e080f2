package org.junitnomos.testkit;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junitnomos.deploy.container.Engine;
import org.junitnomos.deploy.container.Engines;
import org.junitnomos.metrics.PrometheusChoice;

/**
 * Images made of one program of this machine and its libraries, without a registry. Each is made once and left, as
 * others may use it.
 */
public final class ProgramImage {
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    private ProgramImage() {}

    /**
     * Make an image of this machine's Prometheus, with the program as its entry point as in the public image.
     *
     * @return its name, which changes with the program
     */
    public static String ofPrometheus() throws IOException, InterruptedException {
        Path program = PrometheusChoice.here().orElseThrow().toRealPath();
        String name = "junit-nomos/tests-prometheus:" + Files.size(program) + "-"
                + Files.getLastModifiedTime(program).toMillis();
        provide(name, program);
        return name;
    }

    /** Make an image with a program of this machine as its entry point. */
    public static void provide(String name, Path program) throws IOException, InterruptedException {
        try (var client = Engines.connect(Engine.find())) {
            provide(client, name, program, "ENTRYPOINT [\"" + program + "\"]\n");
        }
    }

    /**
     * Make an image if the engine does not have it.
     *
     * @param program its file, which has the same path in the image
     * @param more what else the Dockerfile says
     */
    static void provide(DockerClient client, String name, Path program, String more)
            throws IOException, InterruptedException {
        try {
            client.inspectImageCmd(name).exec();
        } catch (NotFoundException e) {
            var context = Files.createTempDirectory("program-image");
            Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY . /\n" + more);
            var tar = start(tarCommand(context, program));
            try (InputStream archive = tar.getInputStream()) {
                client.buildImageCmd(archive)
                        .withTags(Set.of(name))
                        .exec(new BuildImageResultCallback())
                        .awaitImageId();
            }
            end(tar);
            Files.delete(context.resolve("Dockerfile"));
            Files.delete(context);
        }
    }

    private static List<String> tarCommand(Path context, Path program) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("tar", "-chf", "-", "-C", context.toString(), "Dockerfile"));
        command.addAll(List.of("-C", "/", program.toString().substring(1)));
        var ldd = start(List.of("ldd", program.toString()));
        var libraries = LIBRARY.matcher(new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        end(ldd);
        while (libraries.find()) {
            command.add(libraries.group(1).substring(1));
        }
        return command;
    }

    private static Process start(List<String> command) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        return process;
    }

    private static void end(Process process) throws IOException, InterruptedException {
        if (process.waitFor() != 0) {
            throw new IOException(process.info().command().orElse("a program") + " ended with " + process.exitValue());
        }
    }
}
