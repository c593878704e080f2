package org.junitnomos.deploy.container.offline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.deploy.program.DirectoryTrees;
import org.junitnomos.deploy.program.Fingerprint;
import org.junitnomos.deploy.program.ProgramClasses;

/**
 * The dev node without a JRE, for an image whose base has one.
 *
 * @param layer its classes as one jar, and the directory it runs in; to be added at {@code /}
 * @param hash names what the layer is made of, 64 hexadecimal digits
 * @param config what an image with it should say; its entry point finds {@code java}, 17 or newer, on the path of the
 *     base image
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record DevNodeApplication(ImageLayer layer, String hash, ImageConfig config) {
    private static final String KIND = "image-application";
    private static final String FORMAT = "1"; // another one whenever this class puts something else into the layer

    public DevNodeApplication {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(config, "config");
    }

    /**
     * Finds the classes of a dev node, which must be on the class path of this JVM. Blocks if they
     * changed.
     *
     * @throws ImageException if it cannot be had; says what to do
     */
    public static DevNodeApplication prepare() throws ImageException, InterruptedException {
        return DevNodeImage.explained(() -> {
            var kept = find(LayerCache.ofThisUser(), ProgramClasses.ofDevNode());
            return new DevNodeApplication(
                    kept.layer(), kept.hash(), ImageConfig.onBaseImage().withHash(kept.hash()));
        });
    }

    /** Finds its layer in the cache, or makes it. */
    static LayerCache.Kept find(LayerCache cache, ProgramClasses classes) throws IOException, InterruptedException {
        return cache.find(KIND, new Fingerprint().add(FORMAT).add(classes.stamp()), (directory, layer) -> {
            Path jar = jar(directory);
            DirectoryTrees.delete(directory.resolve("app"));
            Files.createDirectories(directory.resolve("app"));
            classes.writeJar(jar);
            Files.setLastModifiedTime(jar, LayerWriter.TIME);
            layer.file(ImageConfig.JAR.substring(1), jar);
            layer.directory(ImageConfig.DIRECTORY.substring(1), 0755, ImageConfig.USER);
            return new Fingerprint().add(FORMAT).add(Files.readAllBytes(jar)).hex();
        });
    }

    /** Where the maker left the jar. */
    static Path jar(Path directory) {
        return directory.resolve(ImageConfig.JAR.substring(1));
    }
}
