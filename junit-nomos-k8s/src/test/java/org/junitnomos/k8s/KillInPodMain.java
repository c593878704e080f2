package org.junitnomos.k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junitnomos.testkit.ChildJvm;

/** Test code that is killed in a pod, and what sees from the same pod whether anything of it is left. */
final class KillInPodMain {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private KillInPodMain() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        String session;
        try (var victim = ChildJvm.start(
                directory,
                List.of(),
                InClusterMain.command(directory.resolve("victim").toString()))) {
            session = victim.await("session ");
            victim.kill();
        }
        System.out.println("killed " + session);
        String prefix = "nomos-" + session.substring(session.lastIndexOf('.') + 1);
        try (var client = ClusterAccess.client(ClusterConfig.read(null, null))) {
            boolean gone = ReaperWatch.within(
                    LIMIT,
                    () -> client.namespaces().list().getItems().stream()
                            .noneMatch(each -> each.getMetadata().getName().startsWith(prefix)));
            System.out.println(gone ? "nothing left" : "something left, and this:");
            tellWhatReapersSaid();
            System.exit(gone ? 0 : 4);
        }
    }

    private static void tellWhatReapersSaid() throws IOException {
        try (var files = Files.walk(Path.of(System.getProperty("java.io.tmpdir")))) {
            for (Path file : files.filter(each -> each.endsWith("reaper.out") || each.endsWith("cleanup.log"))
                    .toList()) {
                System.out.println(file + ":\n" + Files.readString(file));
            }
        }
    }
}
