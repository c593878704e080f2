package org.junitnomos.deploy.external;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.Requirement;

/**
 * Find the command that a setting names.
 *
 * @param setting the system property, for example {@code nomos.process.command}; the environment variable has the same
 *     words in upper case
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record ChosenCommand(String setting) {

    /**
     * Load the command; one that cannot be loaded tells why when it is used.
     *
     * @return empty if nothing is set
     */
    public Optional<NodeCommand> load() {
        String name = System.getProperty(setting, "");
        if (name.isBlank()) {
            String variable = System.getenv(setting.toUpperCase(Locale.ROOT).replace('.', '_'));
            name = variable == null ? "" : variable;
        }
        return name.isBlank() ? Optional.empty() : Optional.of(load(name.strip()));
    }

    NodeCommand load(String name) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            var type = Class.forName(name, true, context == null ? ChosenCommand.class.getClassLoader() : context);
            var command = type.getDeclaredConstructor().newInstance();
            return command instanceof NodeCommand node ? node : new Unusable(setting, name, "it is no NodeCommand");
        } catch (ReflectiveOperationException | LinkageError e) {
            return new Unusable(setting, name, e.toString());
        }
    }

    /** Stands for a command that cannot be used. */
    private record Unusable(String setting, String name, String reason) implements NodeCommand {
        private String problem() {
            return "Setting '" + setting + "' is '" + name + "', expected the name of a public class that implements "
                    + NodeCommand.class.getName() + " and has a public constructor without parameters (" + reason
                    + "). Correct it, or leave it out for dev nodes";
        }

        @Override
        public String systemUnderTest() {
            return "nodes of " + name;
        }

        @Override
        public Requirement requirement() {
            return Requirement.missing(problem() + ".");
        }

        @Override
        public void prepare() throws IOException {
            throw new IOException(problem());
        }

        @Override
        public NodeLaunch launch(NodeSetup setup) throws IOException {
            throw new IOException(problem());
        }
    }
}
