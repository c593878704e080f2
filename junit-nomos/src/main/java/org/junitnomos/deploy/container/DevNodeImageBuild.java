package org.junitnomos.deploy.container;

import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junitnomos.deploy.container.NodeImage.Provided;
import org.junitnomos.deploy.container.offline.DevNodeApplication;
import org.junitnomos.deploy.container.offline.DevNodeImage;
import org.slf4j.LoggerFactory;

/**
 * Gives an engine the image of dev nodes: their classes on a public JRE, or, where that cannot be had, on a JRE made of
 * the running JDK. Tags carry the hash of what is in the image, so one that is there is used as it is.
 */
final class DevNodeImageBuild {
    /** A JRE for those who have a registry. */
    static final String USUAL_BASE = "eclipse-temurin:17-jre";

    private static final Duration PULL_LIMIT = Duration.ofMinutes(2);
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(2);
    private static final int TAG_LENGTH = 12;

    private final ConnectedEngine engine;
    private final ContainerSettings settings;
    private final NodeImage images;

    DevNodeImageBuild(ConnectedEngine engine, ContainerSettings settings, NodeImage images) {
        this.engine = engine;
        this.settings = settings;
        this.images = images;
    }

    /** Returns the image; the first time takes seconds. */
    Provided provide() throws IOException, InterruptedException {
        String base = settings.baseImage();
        if (ContainerSettings.NO_BASE.equals(base)) {
            return onOwnRuntime();
        }
        if (base != null) {
            if (images.inspect(base).isEmpty()) {
                images.fetch(base, ContainerSettings.PREFIX + "base-image");
            }
            return onBase(base);
        }
        return byItself();
    }

    /** What the engine has already counts before what it could fetch: nobody waits for a registry twice. */
    private Provided byItself() throws IOException, InterruptedException {
        var application = DevNodeApplication.prepare();
        var onUsualBase = builtOn(USUAL_BASE, application);
        if (onUsualBase.isPresent()) {
            return onUsualBase.get();
        }
        Optional<DevNodeImage> own = ownRuntime();
        if (own.isPresent() && images.inspect(own.get().reference()).isPresent()) {
            return provided(own.get());
        }
        try {
            if (images.inspect(USUAL_BASE).isEmpty()) {
                images.pull(USUAL_BASE, PULL_LIMIT);
            }
            return onBase(USUAL_BASE);
        } catch (IOException e) {
            LoggerFactory.getLogger(DevNodeImageBuild.class)
                    .info(
                            "Base image '{}' cannot be had ({}), so the JRE of this JVM is taken; set '{}base-image' to"
                                    + " 'none' to do so at once",
                            USUAL_BASE,
                            e.getMessage(),
                            ContainerSettings.PREFIX);
            try {
                return onOwnRuntime();
            } catch (IOException alsoFailed) {
                throw new IOException(
                        alsoFailed.getMessage() + " Base image '" + USUAL_BASE + "' was tried before: " + e.getMessage()
                                + ".",
                        alsoFailed);
            }
        }
    }

    /** Empty where the running JDK cannot run in containers; what is wrong is told when nothing else is left. */
    private static Optional<DevNodeImage> ownRuntime() throws InterruptedException {
        try {
            return Optional.of(DevNodeImage.prepare());
        } catch (IOException e) {
            LoggerFactory.getLogger(DevNodeImageBuild.class).debug("No image of the running JDK", e);
            return Optional.empty();
        }
    }

    private Provided onOwnRuntime() throws IOException, InterruptedException {
        var image = DevNodeImage.prepare();
        var mismatch = engine.mismatch(image.architecture());
        if (mismatch.isPresent()) {
            throw new IOException("the JRE of this JVM does not fit. " + mismatch.get());
        }
        if (images.inspect(image.reference()).isEmpty()) {
            try (InputStream archive = image.openArchive()) {
                engine.client().loadImageCmd(archive).exec();
            } catch (DockerException e) {
                throw new IOException(
                        "the engine does not take image '" + image.reference() + "': " + engine.told(e), e);
            }
            if (images.inspect(image.reference()).isEmpty()) {
                throw new IOException("the engine took image '" + image.reference() + "' but does not have it");
            }
        }
        return provided(image);
    }

    private static Provided provided(DevNodeImage image) {
        return new Provided(image.reference(), image.config().entryPoint());
    }

    /** The image with these classes on that base, if the engine has it. */
    private Optional<Provided> builtOn(String base, DevNodeApplication application) {
        return images.inspect(base)
                .map(found -> reference(application, String.valueOf(found.getId())))
                .filter(reference -> images.inspect(reference).isPresent())
                .map(reference -> new Provided(reference, application.config().entryPoint()));
    }

    private static String reference(DevNodeApplication application, String baseId) {
        String id = baseId.substring(baseId.indexOf(':') + 1);
        return DevNodeImage.NAME + ":" + application.hash().substring(0, TAG_LENGTH) + "-"
                + id.substring(0, Math.min(TAG_LENGTH, id.length()));
    }

    private Provided onBase(String base) throws IOException, InterruptedException {
        var application = DevNodeApplication.prepare();
        var built = builtOn(base, application);
        if (built.isPresent()) {
            return built.get();
        }
        var found = images.inspect(base)
                .orElseThrow(() -> new IOException("the engine does not have base image '" + base + "'"));
        String reference = reference(application, String.valueOf(found.getId()));
        build(reference, base, application);
        return new Provided(reference, application.config().entryPoint());
    }

    private void build(String reference, String base, DevNodeApplication application)
            throws IOException, InterruptedException {
        try (var context = FileArchive.buildContext(
                        application.config().dockerfile(base, FileArchive.LAYER),
                        application.layer().tar());
                var done = engine.client()
                        .buildImageCmd(context)
                        .withTags(Collections.singleton(reference))
                        .withPull(false)
                        .withForcerm(true)
                        .exec(new BuildImageResultCallback())) {
            done.awaitImageId(BUILD_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            throw new IOException(
                    "image '" + reference + "' cannot be built on base image '" + base + "': " + engine.told(e), e);
        }
    }
}
