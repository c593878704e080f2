package org.junitnomos.deploy.container;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.container.ContainerSettings.Pull;
import org.junitnomos.deploy.external.DevNodeInImage;
import org.junitnomos.time.DurationText;

/** Sees to it that an engine has the image of a node. */
final class NodeImage {
    /** How long to wait for an image that somebody asked for. */
    private static final Duration USUAL_LIMIT = Duration.ofMinutes(10);

    private static final int DIGITS = 12;

    private final ConnectedEngine engine;
    private final ContainerSettings settings;

    NodeImage(ConnectedEngine engine, ContainerSettings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    /**
     * An image that the engine has.
     *
     * @param reference its name
     * @param entryPoint program and arguments; empty if the image has none
     */
    record Provided(String reference, List<String> entryPoint) {
        Provided {
            entryPoint = List.copyOf(entryPoint);
        }

        /** The command of nodes that only need the path of their configuration. */
        NodeCommand devNode() throws IOException {
            if (entryPoint.isEmpty()) {
                throw new IOException("image '" + reference + "' has no entry point. Set '" + ContainerSettings.PREFIX
                        + "entry-point' to the program that runs a dev node, or '" + ContainerSettings.COMMAND
                        + "' to the class that says what to run");
            }
            return new DevNodeInImage(entryPoint);
        }
    }

    /** Returns it: the one that is set, or that of dev nodes. */
    Provided provide() throws IOException, InterruptedException {
        String chosen = settings.image();
        return chosen == null ? new DevNodeImageBuild(engine, settings, this).provide() : provide(chosen);
    }

    /** Returns an image that somebody named for nodes. */
    Provided provide(String chosen) throws IOException, InterruptedException {
        return provide(chosen, ContainerSettings.PREFIX + "image");
    }

    /**
     * Returns an image that somebody named.
     *
     * @param setting by which it can be named
     */
    Provided provide(String chosen, String setting) throws IOException, InterruptedException {
        var image = settings.pull() == Pull.ALWAYS ? Optional.<InspectImageResponse>empty() : inspect(chosen);
        if (image.isEmpty()) {
            if (settings.pull() == Pull.NEVER) {
                throw new IOException("the engine at " + engine.address() + " has no image '" + chosen
                        + "', and '" + ContainerSettings.PREFIX
                        + "pull' is 'never'. Load it (docker load, docker pull),"
                        + " or allow to pull it");
            }
            fetch(chosen, setting);
            image = inspect(chosen);
        }
        return checked(
                chosen,
                image.orElseThrow(
                        () -> new IOException("the engine pulled image '" + chosen + "' but does not have it")));
    }

    private Provided checked(String reference, InspectImageResponse image) throws IOException {
        var mismatch = engine.mismatch(String.valueOf(image.getArch()));
        if (mismatch.isPresent()) {
            throw new IOException("image '" + reference + "' does not fit. " + mismatch.get());
        }
        var entryPoint = new ArrayList<String>(settings.entryPoint());
        var config = image.getConfig();
        if (entryPoint.isEmpty() && config != null && config.getEntrypoint() != null) {
            entryPoint.addAll(List.of(config.getEntrypoint()));
        }
        return new Provided(reference, entryPoint);
    }

    /** Names an image with its digest. */
    String described(String reference) {
        return "image '" + reference + "' ("
                + inspect(reference)
                        .map(InspectImageResponse::getId)
                        .map(NodeImage::shortened)
                        .orElse("gone")
                + ")";
    }

    private static String shortened(String id) {
        String hex = id.substring(id.indexOf(':') + 1);
        return "sha256 " + hex.substring(0, Math.min(DIGITS, hex.length()));
    }

    Optional<InspectImageResponse> inspect(String reference) {
        try {
            return Optional.of(engine.client().inspectImageCmd(reference).exec());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /** Fetches an image that a setting names. */
    void fetch(String reference, String setting) throws IOException, InterruptedException {
        try {
            pull(reference, USUAL_LIMIT);
        } catch (IOException e) {
            throw new IOException(
                    e.getMessage() + ". Correct '" + setting + "', load the image into the"
                            + " engine (docker load), or see to it that the engine reaches its registry",
                    e);
        }
    }

    /** Fetches an image, with the credentials that Testcontainers finds. */
    void pull(String reference, Duration limit) throws IOException, InterruptedException {
        try (var outcome = engine.client().pullImageCmd(reference).exec(new PullOutcome())) {
            outcome.get(limit);
        } catch (TimeoutException e) {
            throw new IOException("image '" + reference + "' was not pulled within " + DurationText.format(limit), e);
        } catch (DockerException | ExecutionException e) {
            throw new IOException("image '" + reference + "' cannot be pulled: " + engine.told(e), e);
        }
    }

    /** Keeps what went wrong; the library's own class would log it with its stack. */
    private static final class PullOutcome extends ResultCallback.Adapter<PullResponseItem> {
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();

        @Override
        public void onNext(PullResponseItem item) {
            var error = item.getErrorDetail();
            if (error != null) {
                done.completeExceptionally(new IOException(String.valueOf(error.getMessage())));
            }
        }

        @Override
        public void onError(Throwable failure) {
            done.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            done.complete(true);
        }

        void get(Duration limit) throws InterruptedException, ExecutionException, TimeoutException {
            done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
