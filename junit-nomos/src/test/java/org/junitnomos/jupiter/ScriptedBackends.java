package org.junitnomos.jupiter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.Deployers;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.Requirement;
import org.junitnomos.topology.TopologySpec;

/**
 * Backends on top of the embedded one that record what is deployed and closed, or fail on purpose: {@code scripted},
 * {@code broken} (cannot deploy), {@code leaky} (cannot clean up) and {@code needs-docker} (is missing something).
 * They are found through the class loader of the thread alone, so that no other test meets them.
 */
final class ScriptedBackends {
    /** What happened, in order: {@code deploy 2+0} and {@code close 2+0}. */
    static final List<String> LOG = new CopyOnWriteArrayList<>();

    static final AtomicInteger LIVE = new AtomicInteger();
    static final AtomicInteger MOST_NODES = new AtomicInteger();
    private static final AtomicInteger NODES = new AtomicInteger();

    private ScriptedBackends() {}

    static void reset() {
        LOG.clear();
        LIVE.set(0);
        NODES.set(0);
        MOST_NODES.set(0);
    }

    static List<String> deploys() {
        return LOG.stream().filter(line -> line.startsWith("deploy")).toList();
    }

    /** Make a class loader that offers the backends; deleted with the JVM. */
    static ClassLoader loader(ClassLoader parent) {
        try {
            Path directory = Files.createTempDirectory("nomos-jupiter");
            Path services =
                    Files.createDirectories(directory.resolve("META-INF").resolve("services"));
            Path file = services.resolve(Deployer.class.getName());
            Files.writeString(
                    file,
                    Stream.of(Scripted.class, Broken.class, Leaky.class, NeedsDocker.class)
                            .map(Class::getName)
                            .collect(Collectors.joining("\n")));
            Stream.of(directory, services.getParent(), services, file)
                    .forEach(path -> path.toFile().deleteOnExit());
            return new URLClassLoader(new URL[] {directory.toUri().toURL()}, parent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deploys on the embedded backend and records it. */
    public static class Scripted implements Deployer {
        private final Deployer embedded =
                Deployers.load(Deployers.class.getClassLoader()).find("embedded");

        @Override
        public String backend() {
            return "scripted";
        }

        @Override
        public Set<Capability> capabilities() {
            return embedded.capabilities();
        }

        @Override
        public Deployment deploy(DeployRequest request) throws InterruptedException {
            int nodes = request.topology().size();
            LOG.add("deploy " + request.topology().validators() + "+"
                    + request.topology().executors());
            LIVE.incrementAndGet();
            MOST_NODES.accumulateAndGet(NODES.addAndGet(nodes), Math::max);
            return new Recorded(embedded.deploy(request), this);
        }

        void closed(TopologySpec topology) {
            LOG.add("close " + topology.validators() + "+" + topology.executors());
            LIVE.decrementAndGet();
            NODES.addAndGet(-topology.size());
        }
    }

    /** Cannot deploy. */
    public static final class Broken extends Scripted {
        @Override
        public String backend() {
            return "broken";
        }

        @Override
        public Deployment deploy(DeployRequest request) {
            LOG.add("deploy broken");
            throw new DeploymentException("node 'validator-0' ended with exit code 1", null);
        }
    }

    /** Cannot clean up. */
    public static final class Leaky extends Scripted {
        @Override
        public String backend() {
            return "leaky";
        }

        @Override
        void closed(TopologySpec topology) {
            super.closed(topology);
            throw new DeploymentException("node 'validator-0' did not stop", null);
        }
    }

    /** Is missing something. */
    public static final class NeedsDocker extends Scripted {
        @Override
        public String backend() {
            return "needs-docker";
        }

        @Override
        public Requirement requirement() {
            return Requirement.missing("Docker does not answer. Start it.");
        }
    }

    private record Recorded(Deployment deployment, Scripted deployer) implements Deployment {
        @Override
        public TopologySpec topology() {
            return deployment.topology();
        }

        @Override
        public String systemUnderTest() {
            return deployment.systemUnderTest();
        }

        @Override
        public List<NodeHandle> nodes() {
            return deployment.nodes();
        }

        @Override
        public Duration chainStart() {
            return deployment.chainStart();
        }

        @Override
        public NodeControl control() {
            return deployment.control();
        }

        @Override
        public Genesis genesis() {
            return deployment.genesis();
        }

        @Override
        public void close() {
            deployment.close();
            deployer.closed(topology());
        }
    }
}
