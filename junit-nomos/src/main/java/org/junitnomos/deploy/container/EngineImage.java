package org.junitnomos.deploy.container;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.container.ContainerLife.Living;
import org.junitnomos.deploy.real.RealImage;
import org.junitnomos.deploy.session.Entry;
import org.junitnomos.deploy.session.ResourceKind;
import org.junitnomos.deploy.session.Scope;
import org.junitnomos.time.DurationText;

/**
 * An image that an engine has. What is in it is seen through a container that is never started, and goes with
 * {@link #close}. Used by one thread at a time.
 */
final class EngineImage implements RealImage, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MOST_LINKS = 16;
    private static final String CONFIGURATION = "junit-nomos-check.yaml";

    private final ConnectedEngine engine;
    private final Scope scope;
    private final long memory;
    private final String reference;
    private final String described;
    private final Path directory;
    private @Nullable Entry entry;
    private @Nullable String container;

    /**
     * Looks into an image.
     *
     * @param described its name with its digest
     * @param directory of the run
     */
    EngineImage(ConnectedEngine engine, Scope scope, long memory, String reference, String described, Path directory) {
        this.engine = engine;
        this.scope = scope;
        this.memory = memory;
        this.reference = reference;
        this.described = described;
        this.directory = directory;
    }

    @Override
    public String described() {
        return described;
    }

    @Override
    public Optional<Opened> open(Path path) throws IOException {
        return find(path)
                .map(found -> new Opened(found.first().isDirectory(), isExecutable(found.first()), found.rest()));
    }

    /** An archive of what a path leads to: its first entry, and what follows. */
    private record Found(Path path, TarArchiveEntry first, ArchiveInputStream<TarArchiveEntry> rest) {}

    private Optional<Found> find(Path path) throws IOException {
        Path looked = path;
        for (int links = 0; links < MOST_LINKS; links++) {
            var archive = archive(looked);
            if (archive.isEmpty()) {
                return Optional.empty();
            }
            ArchiveInputStream<TarArchiveEntry> tar = new TarArchiveInputStream(archive.get());
            TarArchiveEntry first = tar.getNextEntry();
            if (first != null && !first.isSymbolicLink()) {
                return Optional.of(new Found(looked, first, tar));
            }
            tar.close();
            if (first == null) {
                return Optional.empty();
            }
            looked = Objects.requireNonNull(looked.getParent(), "a directory")
                    .resolve(first.getLinkName())
                    .normalize();
        }
        throw new IOException("it is a link to a link, and so on");
    }

    private static boolean isExecutable(TarArchiveEntry entry) {
        return (entry.getMode() & 0111) != 0;
    }

    @Override
    public void copy(Path path, Path target) throws IOException {
        var found = find(path).orElseThrow(() -> new IOException(described + " has no " + path));
        var links = new ArrayList<Path>();
        try (var tar = found.rest()) {
            for (TarArchiveEntry next = found.first(); next != null; next = tar.getNextEntry()) {
                Path inside = inside(next);
                Path file = target.resolve(inside).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException(described + " has a file outside of " + path + ": " + next.getName());
                }
                if (next.isDirectory()) {
                    Files.createDirectories(file);
                } else if (next.isSymbolicLink() || next.isLink()) {
                    links.add(inside);
                } else if (next.isFile()) {
                    write(tar, isExecutable(next), file);
                }
            }
        }
        for (Path link : links) {
            copyLinked(found.path().resolve(link), target.resolve(link));
        }
    }

    /** Where an entry is in the directory that was asked for, whose name all of them begin with. */
    private static Path inside(TarArchiveEntry entry) {
        Path name = Path.of(entry.getName());
        return name.getNameCount() < 2 ? Path.of("") : name.subpath(1, name.getNameCount());
    }

    /** Links are followed in the image, where they may lead anywhere. */
    private void copyLinked(Path link, Path file) throws IOException {
        var found = find(link)
                .orElseThrow(() -> new IOException(
                        described + " has the link " + link + ", which leads nowhere. Build it with the file"));
        try (var tar = found.rest()) {
            if (found.first().isDirectory()) {
                throw new IOException(described + " has the link " + link + " to the directory " + found.path()
                        + ", which is not copied with it. Build it with files there");
            }
            write(tar, isExecutable(found.first()), file);
        }
    }

    private static void write(InputStream content, boolean executable, Path file) throws IOException {
        Files.copy(content, file);
        if (executable && !file.toFile().setExecutable(true)) {
            throw new IOException("no permission to execute can be given to " + file);
        }
    }

    private Optional<InputStream> archive(Path path) throws IOException {
        String through;
        try {
            through = looking();
        } catch (RuntimeException e) {
            throw new IOException("no container to look into it can be created: " + engine.told(e), e);
        }
        try {
            return Optional.of(engine.client()
                    .copyArchiveFromContainerCmd(through, path.toString())
                    .exec());
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            throw new IOException(engine.told(e), e);
        }
    }

    private String looking() {
        String existing = container;
        if (existing != null) {
            return existing;
        }
        var registered = scope.registerAt(engine.address(), ResourceKind.CONTAINER, "look into " + reference);
        entry = registered;
        String created = engine.client()
                .createContainerCmd(reference)
                .withName("nomos-look-" + registered.marker())
                .withLabels(registered.labels())
                .withEntrypoint(List.of("/nothing"))
                .withCmd(List.of())
                .exec()
                .getId();
        container = created;
        registered.created();
        return created;
    }

    @Override
    public Ended run(List<String> command, Map<String, String> environment, String configuration)
            throws IOException, InterruptedException {
        var registered = scope.registerAt(engine.address(), ResourceKind.CONTAINER, "program of " + reference);
        Path output = Files.createTempFile(directory, "check-config", ".log");
        String id = null;
        try {
            id = create(registered, command, environment);
            registered.created();
            engine.client()
                    .copyArchiveToContainerCmd(id)
                    .withRemotePath("/")
                    .withTarInputStream(FileArchive.file(CONFIGURATION, configuration))
                    .exec();
            var life = ContainerLife.begin(engine, new Living("check", id, output, memory, "", null));
            if (!life.awaitEnd(LIMIT)) {
                throw new IOException(
                        command + " of " + described + " did not end within " + DurationText.format(LIMIT));
            }
            return new Ended(life.exitCode(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            throw new IOException(command + " of " + described + " cannot be run: " + engine.told(e), e);
        } finally {
            if (id != null) {
                remove(id, registered);
            }
            Files.deleteIfExists(output);
        }
    }

    private String create(Entry registered, List<String> command, Map<String, String> environment) {
        var whole = new ArrayList<>(command);
        whole.add("/" + CONFIGURATION);
        var variables = new ArrayList<String>();
        environment.forEach((name, value) -> variables.add(name + "=" + value));
        return engine.client()
                .createContainerCmd(reference)
                .withName("nomos-check-" + registered.marker())
                .withLabels(registered.labels())
                .withEntrypoint(whole)
                .withCmd(List.of())
                .withEnv(variables)
                .withHostConfig(HostConfig.newHostConfig()
                        .withNetworkMode("none")
                        .withCapDrop(Capability.ALL)
                        .withMemory(memory)
                        .withMemorySwap(memory))
                .exec()
                .getId();
    }

    private void remove(String id, Entry registered) {
        if (EngineWording.isGone(() -> engine.client()
                .removeContainerCmd(id)
                .withForce(true)
                .withRemoveVolumes(true)
                .exec())) {
            registered.released();
        }
    }

    /** Removes what it was seen through; what cannot be removed is found when the scope is settled. */
    @Override
    public void close() {
        String existing = container;
        var registered = entry;
        if (existing != null && registered != null) {
            remove(existing, registered);
            container = null;
            entry = null;
        }
    }
}
