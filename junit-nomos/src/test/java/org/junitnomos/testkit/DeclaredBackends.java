package org.junitnomos.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.Deployment;

/**
 * Offers two backends to the tests of a class, by the class loader of the test's thread alone: {@code scripted}, which
 * can everything, and {@code scripted-plain}, which has no capability. Neither deploys by itself.
 */
public final class DeclaredBackends
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    private final ThreadLocal<ClassLoader> before = new ThreadLocal<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        install();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        install();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        restore();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        restore();
    }

    /** Offer them to the current thread. */
    public void install() {
        Thread thread = Thread.currentThread();
        if (before.get() == null) {
            before.set(thread.getContextClassLoader());
            thread.setContextClassLoader(loader(thread.getContextClassLoader()));
        }
    }

    private void restore() {
        if (before.get() != null) {
            Thread.currentThread().setContextClassLoader(before.get());
            before.remove();
        }
    }

    private static ClassLoader loader(ClassLoader parent) {
        try {
            Path directory = Files.createTempDirectory("nomos-backends");
            Path services =
                    Files.createDirectories(directory.resolve("META-INF").resolve("services"));
            Path file = services.resolve(Deployer.class.getName());
            Files.writeString(file, Scripted.class.getName() + "\n" + Plain.class.getName() + "\n");
            // Deleted in the opposite order: what is in a directory before the directory.
            for (Path path : new Path[] {directory, services.getParent(), services, file}) {
                path.toFile().deleteOnExit();
            }
            return new URLClassLoader(new URL[] {directory.toUri().toURL()}, parent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Can everything. */
    public static final class Scripted extends Declared {
        /** Made by the service loader. */
        public Scripted() {
            super("scripted", EnumSet.allOf(Capability.class));
        }
    }

    /** Can nothing. */
    public static final class Plain extends Declared {
        /** Made by the service loader. */
        public Plain() {
            super("scripted-plain", EnumSet.noneOf(Capability.class));
        }
    }

    /** A backend that can be planned for but not deployed. */
    abstract static class Declared implements Deployer {
        private final String name;
        private final Set<Capability> capabilities;

        Declared(String name, Set<Capability> capabilities) {
            this.name = name;
            this.capabilities = capabilities;
        }

        @Override
        public String backend() {
            return name;
        }

        @Override
        public Set<Capability> capabilities() {
            return capabilities;
        }

        @Override
        public Deployment deploy(DeployRequest request) {
            throw new UnsupportedOperationException("backend '" + name + "' is declared only");
        }
    }
}
