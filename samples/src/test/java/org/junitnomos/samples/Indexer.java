package org.junitnomos.samples;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.MountableFile;

/** Stands for an image of one's own: {@link IndexerMain} on the image of the dev nodes, which has a JRE. */
final class Indexer extends GenericContainer<Indexer> {
    private static final String IMAGE = "junit-nomos/dev-node";

    Indexer() {
        super(image());
        withCopyFileToContainer(MountableFile.forHostPath(classes()), "/application");
        withCreateContainerCmdModifier(
                create -> create.withEntrypoint("java", "-cp", "/application", IndexerMain.class.getName()));
    }

    private static String image() {
        return DockerClientFactory.lazyClient().listImagesCmd().withReferenceFilter(IMAGE).exec().stream()
                .flatMap(image -> List.of(image.getRepoTags()).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no image " + IMAGE + ": nodes in containers come first"));
    }

    private static Path classes() {
        try {
            return Path.of(IndexerMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
