package org.junitnomos.deploy.container.offline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.process.Training;
import org.junitnomos.deploy.program.ChildJvm;
import org.junitnomos.deploy.program.DirectoryTrees;
import org.junitnomos.deploy.program.Fingerprint;
import org.slf4j.LoggerFactory;

/**
 * Makes the uppermost layer: an archive of class data that a short training run with the JRE and the jar of the layers
 * below leaves. Without it nodes start slower, that is all.
 */
final class ArchiveLayer {
    private static final String KIND = "image-archive";
    private static final String NONE = "none";

    private ArchiveLayer() {}

    /** Finds it in the cache, or makes it, which takes some seconds; empty if it cannot be had. */
    static Optional<LayerCache.Kept> find(LayerCache cache, LayerCache.Kept runtime, LayerCache.Kept application)
            throws IOException, InterruptedException {
        // The archive fits to the very files it was made with, not only to what they were made of.
        var key = new Fingerprint()
                .add(runtime.layer().digest())
                .add(application.layer().digest())
                .add(ChildJvm.OPTIONS.toString());
        try {
            var kept = cache.find(KIND, key, (directory, layer) -> make(directory, layer, runtime, application));
            return kept.hash().equals(NONE) ? Optional.empty() : Optional.of(kept);
        } catch (ImageException e) {
            LoggerFactory.getLogger(ArchiveLayer.class)
                    .warn("Nodes in containers start slower: there is no archive of class data. {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static String make(Path directory, LayerWriter layer, LayerCache.Kept runtime, LayerCache.Kept application)
            throws IOException, InterruptedException {
        Path work = directory.resolve("work");
        DirectoryTrees.delete(work);
        Path jar = DevNodeApplication.jar(work);
        Path archive = work.resolve(ImageConfig.ARCHIVE.substring(1));
        Files.createDirectories(archive.getParent());
        Files.copy(DevNodeApplication.jar(application.directory()), jar);
        Files.setLastModifiedTime(jar, LayerWriter.TIME);
        // A node runs three directories below `work`, as deep as the directory of a node is in the image.
        var jvm = new ChildJvm(RuntimeLayer.java(runtime), ImageConfig.RELATIVE_JAR, List.of());
        try {
            new Training(jvm.withArchive(List.of("-XX:ArchiveClassesAtExit=" + archive)), jvm).run(work.resolve("run"));
            if (!Files.exists(archive)) {
                return NONE; // this kind of JVM leaves none
            }
            layer.file(ImageConfig.ARCHIVE.substring(1), archive);
            return "archive";
        } catch (DeploymentException e) {
            throw new IOException("the training run failed: " + e.getMessage(), e);
        } finally {
            DirectoryTrees.delete(work);
        }
    }
}
