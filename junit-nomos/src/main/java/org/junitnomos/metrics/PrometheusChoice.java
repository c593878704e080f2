package org.junitnomos.metrics;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Requirement;
import org.junitnomos.deploy.SideContainer;
import org.junitnomos.deploy.SideContainers;
import org.junitnomos.deploy.session.Scope;
import org.junitnomos.settings.SettingNames;

/**
 * Which Prometheus a run starts: one of the image that was named; else the program of this machine; else, where there
 * is none, one of the usual image.
 *
 * @param program file of the program; null for a container
 * @param image image of the container; null for the program
 * @param requirement what is missing on this machine
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record PrometheusChoice(
        @Nullable Path program, @Nullable String image, Requirement requirement) {
    /** The public image for those who name none. */
    public static final String USUAL_IMAGE = "prom/prometheus:v2.53.1";

    static final String IMAGE_SETTING = SettingNames.OBSERVABILITY_IMAGE;

    private static final String OTHERWISE = "or name a Prometheus that is there with " + SettingNames.METRICS_QUERY;

    /**
     * Chooses. Asks for an engine only if a container is to be started.
     *
     * @param image that somebody named; null for none
     */
    public static PrometheusChoice of(@Nullable String image) {
        return of(image, here(), PrometheusChoice::engine);
    }

    /** {@return the program of this machine, from {@code PATH}; empty if there is none} */
    public static Optional<Path> here() {
        return inPath(System.getenv());
    }

    static PrometheusChoice of(@Nullable String image, Optional<Path> program, Supplier<Requirement> engine) {
        if (image == null && program.isPresent()) {
            return new PrometheusChoice(program.get(), null, Requirement.met());
        }
        var missing = engine.get().missing();
        if (image != null) {
            return new PrometheusChoice(
                    null,
                    image,
                    missing == null
                            ? Requirement.met()
                            : Requirement.missing("its image '" + image + "' needs an engine. " + missing));
        }
        return new PrometheusChoice(
                null,
                USUAL_IMAGE,
                missing == null
                        ? Requirement.met()
                        : Requirement.missing(
                                "there is no program 'prometheus' in PATH: install it, as Debian's package"
                                        + " 'prometheus' does, " + OTHERWISE
                                        + ". No container can take its place either: "
                                        + missing));
    }

    private static Requirement engine() {
        return SideContainers.find()
                .map(SideContainers::requirement)
                .orElseGet(() -> Requirement.missing("this library was packed without what makes containers."));
    }

    /** Finds the program in the directories of {@code PATH}. */
    static Optional<Path> inPath(Map<String, String> environment) {
        for (String directory : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            try {
                var file = Path.of(directory).resolve("prometheus");
                if (!directory.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
                    return Optional.of(file);
                }
            } catch (InvalidPathException e) {
                continue; // nothing can be in a directory without a name
            }
        }
        return Optional.empty();
    }

    /** Makes the network of the container; empty for the program. */
    Optional<SideContainer> container(Scope scope) throws IOException, InterruptedException {
        return program != null
                ? Optional.empty()
                : Optional.of(SideContainers.find().orElseThrow().open(scope, "Prometheus"));
    }

    /** Names it for people. */
    String described() {
        return program != null ? program.toString() : "a container of image '" + image + "'";
    }
}
