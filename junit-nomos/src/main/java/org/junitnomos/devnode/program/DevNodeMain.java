package org.junitnomos.devnode.program;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.apiguardian.api.API;

/** Starts a dev node as a program: {@code DevNodeMain <config.yaml>}, see docs/dev-node.md. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class DevNodeMain {
    private static final int STOPPED = 0;
    private static final int DIED = 1;
    private static final int WRONG_CONFIG = 2;
    private static final int CANNOT_START = 3;

    private DevNodeMain() {}

    /** Runs a node until the process is told to end; takes the path of the configuration. */
    public static void main(String[] arguments) {
        HttpPort.configure();
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("Expected one argument, the path of the configuration, but was " + arguments.length
                    + " arguments.");
            return WRONG_CONFIG;
        }
        try {
            ProgramConfig config = ConfigReader.read(Path.of(arguments[0]));
            DevNodeProgram program = DevNodeProgram.open(config, System.getenv());
            // Before anybody knows the node, so that whoever does can stop it cleanly.
            Runtime.getRuntime().addShutdownHook(new Thread(program::stop, "stop"));
            Ports ports = program.ports();
            Path portsFile = config.portsFile();
            if (portsFile != null) {
                ports.write(portsFile);
            }
            System.out.println(ports.line());
            if (config.exitWhenStdinCloses()) {
                stopWithParent(program);
            }
            return program.run() ? STOPPED : DIED;
        } catch (ConfigException problem) {
            System.err.println(problem.getMessage());
            return WRONG_CONFIG;
        } catch (IOException problem) {
            System.err.println("Cannot start the node: " + problem);
            return CANNOT_START;
        }
    }

    /** The pipe of a dead parent is closed, however it died. */
    private static void stopWithParent(DevNodeProgram program) {
        Thread watcher = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException broken) {
                        // As good as closed.
                        program.stop();
                    }
                    program.stop();
                },
                "parent");
        watcher.setDaemon(true);
        watcher.start();
    }
}
