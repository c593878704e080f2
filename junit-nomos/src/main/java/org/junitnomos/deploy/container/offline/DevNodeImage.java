package org.junitnomos.deploy.container.offline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.deploy.program.Fingerprint;
import org.junitnomos.deploy.program.ProgramClasses;

/**
 * The image of the dev node with a JRE of the running JDK. It needs no registry to be built, and no engine.
 *
 * @param reference name and tag; the tag changes with what the image is made of
 * @param hash names what the image is made of, 64 hexadecimal digits; also its label {@value ImageConfig#HASH_LABEL}
 * @param architecture processor, in the words of engines: {@code amd64} or {@code arm64}
 * @param config what it says about its containers
 * @param layers from the lowest on
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record DevNodeImage(
        String reference, String hash, String architecture, ImageConfig config, List<ImageLayer> layers) {
    /** Name of the image, without a tag. */
    public static final String NAME = "junit-nomos/dev-node";

    private static final int TAG_LENGTH = 12;

    public DevNodeImage {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(config, "config");
        layers = List.copyOf(layers);
    }

    /**
     * Finds the image in the user's cache, or builds it. Blocks for some seconds the first time, and when
     * classes changed.
     *
     * @return the image, of which the layers are on disk
     * @throws ImageException if it cannot be had; says what to do
     */
    public static DevNodeImage prepare() throws ImageException, InterruptedException {
        return explained(() -> prepare(LayerCache.ofThisUser(), ProgramClasses.ofDevNode()));
    }

    static DevNodeImage prepare(LayerCache cache, ProgramClasses classes) throws IOException, InterruptedException {
        String architecture = HostJdk.architecture(System.getProperty("os.name"), System.getProperty("os.arch"));
        HostJdk.requireTar(DevNodeImage.class.getClassLoader());
        var runtime = RuntimeLayer.find(cache);
        var application = DevNodeApplication.find(cache, classes);
        var archive = ArchiveLayer.find(cache, runtime, application);

        var layers = new ArrayList<>(List.of(runtime.layer(), application.layer()));
        archive.ifPresent(kept -> layers.add(kept.layer()));
        var config = ImageConfig.onOurRuntime(archive.isPresent());
        String hash = config.addTo(new Fingerprint().add(runtime.hash()).add(application.hash()))
                .add(architecture)
                .hex();
        return new DevNodeImage(
                NAME + ":" + hash.substring(0, TAG_LENGTH), hash, architecture, config.withHash(hash), layers);
    }

    /** Does what may fail. */
    interface Preparation<T> {
        T run() throws IOException, InterruptedException;
    }

    static <T> T explained(Preparation<T> preparation) throws ImageException, InterruptedException {
        try {
            return preparation.run();
        } catch (ImageException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageException("The image of dev nodes cannot be built: " + e.getMessage() + ".", e);
        }
    }

    /** {@return the bytes that all layers of the image take} */
    public long size() {
        return layers.stream().mapToLong(ImageLayer::size).sum();
    }

    /**
     * Reads the image in the format of {@code docker save}, which {@code docker load} and containerd take.
     *
     * @return a stream to be closed; put together while it is read
     * @throws IOException if a layer cannot be read
     */
    public InputStream openArchive() throws IOException {
        return DockerArchive.open(reference, config.json(architecture, layers), layers);
    }

    /**
     * Writes the image in the format of {@code docker save}; the file appears whole or not at all.
     *
     * @param file is replaced if it is there
     * @throws IOException if it cannot be written
     */
    public void writeArchive(Path file) throws IOException {
        Path draft = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".draft");
        try (var in = openArchive()) {
            Files.copy(in, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
