package org.junitnomos.deploy.nft;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The program {@code nft} of this machine, run as a process; also on a thread that is interrupted. */
final class NftProgram implements NftCommand {
    /** Directories for programs of administrators, which {@code PATH} of other users often lacks. */
    private static final List<String> OF_ADMINISTRATORS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    private static final long LIMIT_SECONDS = 20;

    private final Path program;
    private final long limitMillis;

    NftProgram(Path program) {
        this(program, TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    }

    NftProgram(Path program, long limitMillis) {
        this.program = program;
        this.limitMillis = limitMillis;
    }

    static NftProgram find() throws IOException {
        return find(System.getProperty("os.name", ""), System.getenv().getOrDefault("PATH", ""), OF_ADMINISTRATORS);
    }

    static NftProgram find(String system, String path, List<String> others) throws IOException {
        if (!system.toLowerCase(Locale.ROOT).contains("linux")) {
            throw new IOException("only Linux has nftables, but this is " + system);
        }
        var directories = new LinkedHashSet<>(Arrays.asList(path.split(File.pathSeparator)));
        directories.addAll(others);
        for (String directory : directories) {
            Path candidate = Path.of(directory, "nft");
            if (!directory.isBlank() // it would be the current directory, in which anybody may have put one
                    && Files.isRegularFile(candidate)
                    && Files.isExecutable(candidate)) {
                return new NftProgram(candidate.toAbsolutePath());
            }
        }
        throw new IOException("there is no program nft in PATH or " + others
                + ". Install nftables (Debian: apt-get install nftables)");
    }

    @Override
    public String run(List<String> arguments, String input) throws IOException {
        var command = new ArrayList<String>();
        command.add(program.toString());
        command.addAll(arguments);
        var ended = toItsEnd(command, input);
        if (ended.exitCode() != 0) {
            throw new NftRefusedException(String.join(" ", command) + " failed with exit code " + ended.exitCode()
                    + (ended.output().isBlank() ? "" : ": " + ended.output().strip()));
        }
        return ended.output();
    }

    private record Ended(int exitCode, String output) {}

    private static Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new NftRefusedException(String.valueOf(e.getMessage()));
        }
    }

    /** Its output comes by a pipe, as a file would stay if this JVM is killed. */
    private Ended toItsEnd(List<String> command, String input) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = start(builder);
        boolean interrupted = Thread.interrupted();
        var overdue = new AtomicBoolean();
        var limit = CompletableFuture.runAsync(
                () -> {
                    overdue.set(true);
                    kill(process);
                },
                CompletableFuture.delayedExecutor(limitMillis, TimeUnit.MILLISECONDS));
        try {
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                interrupted |= Thread.interrupted(); // it ended before it read all: its exit code and output say why
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            while (true) {
                try {
                    int exitCode = process.waitFor();
                    if (overdue.get()) {
                        throw new IOException(String.join(" ", command) + " did not end within " + limitMillis + " ms");
                    }
                    return new Ended(exitCode, output);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            limit.cancel(false);
            kill(process);
            process.destroy(); // closes its streams
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
    }
}
