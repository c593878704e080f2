package org.junitnomos.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.program.ChildJvm;

/** Test JVMs other than this one, started in the ways of build tools, deploy processes. */
class OtherJvmsTests {
    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (var process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(String name, List<String> options) throws IOException {
        var command = new ArrayList<>(List.of(ChildJvm.find().java().toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.add(DeployMain.class.getName());
        command.add(Files.createDirectory(directory.resolve(name)).toString());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".out").toFile());
        builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Dmeant=for-tests");
        var process = builder.start();
        started.add(process);
        return process;
    }

    private void deployed(Process process, String name) throws Exception {
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(directory.resolve(name + ".out")).content().contains("peers 1", "ended true");
        assertThat(process.exitValue()).isZero();
        assertThat(directory.resolve(name).resolve("nodes/validator-0.log"))
                .content()
                .contains("Ended.")
                .doesNotContain("JAVA_TOOL_OPTIONS");
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    @Test
    void twoAtOnceWithAnArgumentFileAndAManifestOnlyJar() throws Exception {
        Path arguments = directory.resolve("arguments");
        Files.writeString(arguments, "-cp \"" + classPath().replace("\\", "\\\\") + "\"", StandardCharsets.UTF_8);
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(classPath().split(File.pathSeparator))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        Path pathing = directory.resolve("pathing.jar");
        new JarOutputStream(Files.newOutputStream(pathing), manifest).close();

        var one = start("argument-file", List.of("@" + arguments));
        var other = start("manifest-only", List.of("-cp", pathing.toString()));

        deployed(one, "argument-file");
        deployed(other, "manifest-only");
    }
}
