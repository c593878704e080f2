package org.junitnomos.deploy.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junitnomos.deploy.engine.EngineAddress;

/**
 * The test JVM that is killed: it registers two processes, one of which it never completes, a directory, a port and,
 * where an engine is named, a container, tells of them and waits. It ends by itself when its parent does.
 */
final class SessionChild {

    private SessionChild() {}

    public static void main(String[] arguments) throws IOException {
        var session = Session.at(Path.of(arguments[0]));
        var scope = session.scope("run");
        var known = scope.register(ResourceKind.PROCESS, "validator-0");
        var first = sleep(known);
        known.created(first.pid());
        var second = sleep(scope.register(ResourceKind.PROCESS, "validator-1"));
        Path state = Path.of(arguments[1]);
        scope.createDirectory(state);
        Files.writeString(state.resolve("blocks"), "x");
        int port = scope.leasePort().port();
        System.out.println("session " + session.id());
        if (arguments.length > 2) {
            var container = scope.registerAt(new EngineAddress(arguments[2]), ResourceKind.CONTAINER, "validator-2");
            container.created();
            System.out.println("container " + container.marker());
        }
        System.out.println("pids " + first.pid() + " " + second.pid());
        System.out.println("port " + port);
        System.out.println("ready");
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(1);
    }

    /** Start a process with a child of its own, which must go with it. */
    private static Process sleep(Entry entry) throws IOException {
        var builder = new ProcessBuilder("sh", "-c", "sleep 600 & exec sleep 600");
        entry.markIn(builder.environment());
        return builder.start();
    }
}
