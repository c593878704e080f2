package org.junitnomos.deploy.process;

import java.io.IOException;
import org.junitnomos.deploy.Requirement;
import org.junitnomos.deploy.external.NodeSetup;

/** Finds the command that the settings name; dev nodes if they name none. */
final class ChosenCommand {
    static final String SETTING = "nomos.process.command";
    private static final String VARIABLE = "NOMOS_PROCESS_COMMAND";

    private ChosenCommand() {}

    /** Load the command; one that cannot be loaded tells why when it is used. */
    static NodeCommand load() {
        String name = System.getProperty(SETTING, "");
        if (name.isBlank()) {
            String variable = System.getenv(VARIABLE);
            name = variable == null ? "" : variable;
        }
        return name.isBlank() ? new DevNodeCommand() : load(name.strip());
    }

    static NodeCommand load(String name) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            var type = Class.forName(name, true, context == null ? ChosenCommand.class.getClassLoader() : context);
            var command = type.getDeclaredConstructor().newInstance();
            return command instanceof NodeCommand node ? node : new Unusable(name, "it is no NodeCommand");
        } catch (ReflectiveOperationException | LinkageError e) {
            return new Unusable(name, e.toString());
        }
    }

    /** Stands for a command that cannot be used. */
    private record Unusable(String name, String reason) implements NodeCommand {
        private String problem() {
            return "Setting '" + SETTING + "' is '" + name + "', expected the name of a public class that implements "
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
