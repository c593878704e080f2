package org.junitnomos.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The evidence of one run in one file, beside its directory: fit to be attached to an issue. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class EvidenceZip {
    /** Chains of long runs are no evidence that anybody attaches. */
    private static final long LARGEST_FILE = 32L << 20;

    private EvidenceZip() {}

    /** {@return the file of a run's directory, whether there is one or not} */
    public static Path of(Path directory) {
        return directory.resolveSibling(directory.getFileName() + ".zip");
    }

    /**
     * Writes everything that a run has left: journal, report, logs and configurations of nodes. A file that cannot be
     * written is a warning: the directory has all of it.
     *
     * @param directory the directory of the run
     * @param nodes that of the run that deployed the cluster, where its nodes are; null if it is gone
     */
    static void write(Path directory, @Nullable Path nodes) {
        Path zip = of(directory);
        Path draft = zip.resolveSibling(zip.getFileName() + ".draft");
        String top = Optional.ofNullable(directory.getParent())
                        .map(parent -> parent.getFileName() + "-")
                        .orElse("")
                + directory.getFileName() + "/";
        try {
            try (var output = new ZipOutputStream(Files.newOutputStream(draft))) {
                var left = add(output, top, directory, directory);
                if (nodes != null && !nodes.equals(directory)) {
                    left.addAll(add(output, top, nodes, nodes.resolve(RunDirectory.NODES)));
                }
                if (!left.isEmpty()) {
                    put(output, top + "left-out.txt", String.join("\n", left).getBytes(StandardCharsets.UTF_8));
                }
            }
            Files.move(draft, zip, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LoggerFactory.getLogger(EvidenceZip.class)
                    .warn("{} cannot be written: {}. Its files are in {}", zip, e, directory);
        }
    }

    private static List<String> add(ZipOutputStream output, String top, Path base, Path from) throws IOException {
        var left = new ArrayList<String>();
        if (!Files.isDirectory(from)) {
            return left;
        }
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = base.relativize(file).toString().replace('\\', '/');
                if (Files.size(file) > LARGEST_FILE) {
                    left.add(name + ": " + Files.size(file) + " bytes, at most " + LARGEST_FILE + " are taken");
                } else {
                    put(output, top + name, Files.readAllBytes(file));
                }
            }
        }
        return left;
    }

    private static void put(ZipOutputStream output, String name, byte[] content) throws IOException {
        output.putNextEntry(new ZipEntry(name));
        output.write(content);
        output.closeEntry();
    }
}
