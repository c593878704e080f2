package org.junitnomos.deploy.session;

import java.io.IOException;
import java.nio.file.Path;

/** The test JVM that is killed while its session begins: before its directory is there, or before anybody was told. */
final class BeginningChild {
    private BeginningChild() {}

    public static void main(String[] arguments) {
        boolean before = arguments[1].equals("before");
        var session = new Session(new SessionRoot(Path.of(arguments[0])), (root, name) -> {
            Runnable watch = ReaperStart.prepare(root, name);
            if (before) {
                stay(name);
            }
            return () -> {
                stay(name);
                watch.run();
            };
        });
        session.scope("run").register(ResourceKind.PROCESS, "validator-0");
    }

    /** It ends by itself when its parent does. */
    private static void stay(SessionName name) {
        System.out.println("session " + name.id());
        try {
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            System.out.println(e);
        }
        Runtime.getRuntime().halt(1);
    }
}
