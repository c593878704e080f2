package org.junitnomos.deploy.container;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.NodeUsage;
import org.slf4j.LoggerFactory;

/**
 * Keeps what an engine told last of what a container takes, which it does every second once somebody has asked, as that
 * keeps the engine busy; files that are open are counted where the engine is that of this machine.
 */
final class ContainerUsage extends ResultCallback.Adapter<Statistics> {
    private static final Path PROC = Path.of("/proc");
    private static final long UNKNOWN = -1;

    private final String container;
    private final Supplier<@Nullable Long> process;
    private final Consumer<ContainerUsage> stream;
    private final AtomicBoolean begun = new AtomicBoolean();
    private long found;
    private volatile @Nullable Statistics last;

    /**
     * Hears of a container.
     *
     * @param process asks the engine how it numbers the first of its processes
     * @param stream lets the engine tell of the container from then on
     */
    ContainerUsage(String container, Supplier<@Nullable Long> process, Consumer<ContainerUsage> stream) {
        this.container = container;
        this.process = process;
        this.stream = stream;
    }

    @Override
    public void onNext(Statistics told) {
        last = told;
    }

    /** Hears no more. */
    void stop() {
        try {
            close();
        } catch (IOException e) {
            LoggerFactory.getLogger(ContainerUsage.class).debug("A stream of the engine does not close", e);
        }
    }

    /** What was told last; empty if it was nothing, as when the first one asks. */
    Optional<NodeUsage> usage() {
        if (begun.compareAndSet(false, true)) {
            begin();
        }
        var told = last;
        if (told == null || told.getCpuStats() == null || told.getCpuStats().getCpuUsage() == null) {
            return Optional.empty();
        }
        var processor = told.getCpuStats().getCpuUsage().getTotalUsage();
        return Optional.of(new NodeUsage(
                Duration.ofNanos(processor == null ? 0 : processor),
                memory(told),
                files(),
                told.getPidsStats() == null
                        ? UNKNOWN
                        : known(told.getPidsStats().getCurrent()),
                UNKNOWN));
    }

    private void begin() {
        try {
            stream.accept(this);
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(ContainerUsage.class).debug("The engine does not tell what a container takes", e);
        }
    }

    /** As {@code docker stats} has it: without what the kernel would give back at once. */
    private static long memory(Statistics told) {
        var memory = told.getMemoryStats();
        if (memory == null || memory.getUsage() == null) {
            return UNKNOWN;
        }
        var details = memory.getStats();
        var idle = details == null ? null : details.getInactiveFile();
        return Math.max(0, memory.getUsage() - (idle == null ? 0 : idle));
    }

    private @Nullable Long asked() {
        try {
            return process.get();
        } catch (RuntimeException e) {
            return null; // it has ended, or the engine is lost
        }
    }

    private static long known(@Nullable Long value) {
        return value == null ? UNKNOWN : value;
    }

    private long files() {
        if (found == 0) {
            found = known(asked());
        }
        var place = PROC.resolve(Long.toString(found));
        try {
            if (found <= 0 || !Files.readString(place.resolve("cgroup")).contains(container)) {
                return UNKNOWN; // another machine's, or one of another container
            }
            try (var open = Files.list(place.resolve("fd"))) {
                return open.count();
            }
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
