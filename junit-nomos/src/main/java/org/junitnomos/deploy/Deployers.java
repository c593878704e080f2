package org.junitnomos.deploy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.apiguardian.api.API;
import org.slf4j.LoggerFactory;

/**
 * Finds backends by name among those that {@link ServiceLoader} offers.
 *
 * <p>A provider that cannot be loaded does not hinder the use of another backend: it is logged as a warning, and named
 * in the failure when the backend asked for is not found.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Deployers {

    /** A loader that fails again and again is given up after this many failures. */
    private static final int MOST_FAILURES = 20;

    private final List<Deployer> found = new ArrayList<>();
    private final List<ServiceConfigurationError> broken = new ArrayList<>();

    private Deployers() {}

    /**
     * Looks for backends.
     *
     * @param loader where to look for providers and their classes
     * @return what was found; look once and keep it only as long as the class path is the same
     */
    public static Deployers load(ClassLoader loader) {
        var deployers = new Deployers();
        deployers.collect(ServiceLoader.load(Deployer.class, loader).iterator());
        return deployers;
    }

    /**
     * Looks for backends with the class loader of this library, and then with that of the current thread, which may see
     * more of them or nothing at all.
     */
    public static Deployers load() {
        var deployers = load(Deployers.class.getClassLoader());
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if (loader != null && seesThisLibrary(loader)) {
            deployers.collect(ServiceLoader.load(Deployer.class, loader).iterator());
        }
        return deployers;
    }

    /** Says whether providers of that loader are deployers of ours; those of another copy of the library are not. */
    private static boolean seesThisLibrary(ClassLoader loader) {
        if (loader == Deployers.class.getClassLoader()) {
            return false; // looked through already
        }
        try {
            return Class.forName(Deployer.class.getName(), false, loader) == Deployer.class;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private void collect(Iterator<Deployer> providers) {
        while (broken.size() < MOST_FAILURES) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                var provider = providers.next();
                if (found.stream().noneMatch(each -> each.getClass() == provider.getClass())) {
                    found.add(provider);
                }
            } catch (ServiceConfigurationError e) {
                broken.add(e);
            }
        }
    }

    /** Lists the backends that can be used, in the order in which they were found. */
    public List<Deployer> all() {
        return List.copyOf(found);
    }

    /** Lists the names of the backends that can be used, in the order in which they were found. */
    public List<String> names() {
        return found.stream().map(Deployer::backend).toList();
    }

    /** Lists the names of the {@link Deployer#settings()} of each backend that can be used. */
    public List<String> settings() {
        return found.stream().flatMap(deployer -> deployer.settings().stream()).toList();
    }

    /**
     * Finds a backend by name.
     *
     * @param backend the name, for example {@code "embedded"}
     * @throws DeploymentException if there is no such backend, or more than one; lists those there are and the
     *     providers that could not be loaded
     */
    public Deployer find(String backend) {
        var matching = found.stream()
                .filter(deployer -> deployer.backend().equals(backend))
                .toList();
        if (matching.size() == 1) {
            broken.forEach(e ->
                    LoggerFactory.getLogger(Deployers.class).warn("a deployer cannot be loaded and is left out", e));
            return matching.get(0);
        }
        if (matching.isEmpty()) {
            throw unknown(backend);
        }
        throw new DeploymentException(
                "Backend '" + backend + "' is provided more than once: "
                        + matching.stream()
                                .map(each -> each.getClass().getName())
                                .toList()
                        + ". Remove all but one from the class path.",
                null);
    }

    private DeploymentException unknown(String backend) {
        var text = new StringBuilder("Backend '" + backend + "' is not on the class path; there are " + names()
                + ". Name one of them in 'nomos.backend', or add the module that provides '" + backend + "'.");
        for (var error : broken) {
            text.append("\nA provider could not be loaded: ").append(error.getMessage());
        }
        var exception = new DeploymentException(text.toString(), broken.isEmpty() ? null : broken.get(0));
        broken.stream().skip(1).forEach(exception::addSuppressed);
        return exception;
    }
}
