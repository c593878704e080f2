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
import java.util.concurrent.TimeUnit;

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
        Path output = Files.createTempFile("nomos-nft", ".out");
        try {
            int exitCode = run(command, input, output);
            String text = Files.readString(output, StandardCharsets.UTF_8);
            if (exitCode != 0) {
                throw new NftRefusedException(String.join(" ", command) + " failed with exit code " + exitCode
                        + (text.isBlank() ? "" : ": " + text.strip()));
            }
            return text;
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new NftRefusedException(String.valueOf(e.getMessage()));
        }
    }

    private int run(List<String> command, String input, Path output) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("LC_ALL", "C");
        Process process = start(builder);
        boolean interrupted = Thread.interrupted();
        try {
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                interrupted |= Thread.interrupted(); // it ended before it read all: its exit code and output say why
            }
            while (true) {
                try {
                    if (process.waitFor(limitMillis, TimeUnit.MILLISECONDS)) {
                        return process.exitValue();
                    }
                    throw new IOException(String.join(" ", command) + " did not end within " + limitMillis + " ms");
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            process.destroyForcibly();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
