package org.junitnomos.deploy.session;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junitnomos.deploy.program.KeptLibraries;
import org.slf4j.LoggerFactory;

/**
 * Cleans up a dead session in a JVM of its own that has what the owner had: the libraries that clusters take, and the
 * surroundings in which credentials are found. So the reaper need not hold any of that in memory while it watches.
 */
final class ClusterSweep {
    /** In the directory of a session: the class path of who can ask its clusters. */
    static final String LIBRARIES = "cluster.libraries";

    private static final int LIMIT_SECONDS = 120;

    /** For a JVM that ends within seconds, and of which nobody hears. */
    private static final List<String> FLAGS = List.of(
            "-Xrs", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx128m");

    private ClusterSweep() {}

    /**
     * Keeps the libraries of who can ask clusters, for after the death of this JVM; called before anything is in one.
     * Where that fails, what this JVM leaves in clusters is left to the next start.
     */
    static void provide(Path session) {
        Path file = session.resolve(LIBRARIES);
        var cleaners = ClusterRemover.find();
        if (Files.exists(file) || cleaners.libraries().isEmpty()) {
            return;
        }
        try {
            var kept = KeptLibraries.keep(ClusterRemover.loader(), cleaners.libraries());
            Files.writeString(file, kept.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        } catch (IOException e) {
            LoggerFactory.getLogger(ClusterSweep.class)
                    .warn(
                            "If this test JVM is killed, what it leaves in clusters is removed at the next start only:"
                                    + " the libraries that this takes cannot be kept",
                            e);
        }
    }

    /** Cleans up a session that nobody has claimed, if it may have something in a cluster. Blocks up to two minutes. */
    static void run(SessionRoot root, SessionName dead, OwnerSurroundings surroundings)
            throws IOException, InterruptedException {
        Path file = root.session(dead.text()).resolve(LIBRARIES);
        if (!Files.exists(file)) {
            return;
        }
        var command = new ArrayList<String>(List.of(ReaperStart.java()));
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", Files.readString(file), ClusterSweep.class.getName()));
        command.addAll(List.of(root.directory().toString(), dead.id()));
        var builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        surroundings.surround(builder);
        Process process = builder.start();
        try (var input = process.getOutputStream()) {
            surroundings.write(input);
        }
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Takes the root of all sessions and the id of the dead one, and the surroundings from its input. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        OwnerSurroundings.read(System.in).complete(System.getProperties());
        var root = new SessionRoot(Path.of(arguments[0]));
        for (var name : root.list()) {
            if (name.id().equals(arguments[1]) && name.isOrphan()) {
                new Sweep(root).clean(name);
            }
        }
    }
}
