package org.junitnomos.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.File;
import java.io.IOException;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.scenario.RunContext;

/** Loads what child JVMs load: it runs a scenario of processes, and loads all of our classes. */
final class TrainingMain {
    private TrainingMain() {}

    /** A short scenario. */
    @Topology(validators = 2, slot = "500ms", backend = "process")
    @RunFor("1s")
    static final class ShortTestCase {
        @Test
        void sees(RunContext run) {
            run.feed().height();
        }
    }

    public static void main(String[] arguments) throws IOException {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(ShortTestCase.class))
                .build();
        try (var session = LauncherFactory.openSession()) {
            session.getLauncher().execute(request);
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            load(entry);
        }
        System.exit(0);
    }

    private static void load(String jar) throws IOException {
        try (var file = new JarFile(jar)) {
            file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("org/junitnomos/") && name.endsWith(".class"))
                    .filter(name -> !name.endsWith("package-info.class"))
                    .forEach(name -> load(name.substring(0, name.length() - ".class".length()), jar));
        }
    }

    private static void load(String name, String jar) {
        try {
            Class.forName(name.replace('/', '.'), false, TrainingMain.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            System.out.println(jar + " lacks what " + name + " needs: " + e);
        }
    }
}
