package org.junitnomos.deploy.external;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.settings.SettingsReader;
import org.junitnomos.settings.UnusableSettingException;

/** Finds the command of a user that a setting names. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ChosenCommand {
    private static final String EXPECTED = "the name of a public class that implements " + NodeCommand.class.getName()
            + " and has a public constructor without parameters, or nothing for dev nodes";

    private ChosenCommand() {}

    /**
     * Loads the command that a setting of this JVM names.
     *
     * @param setting the setting, for example {@code nomos.process.command}
     * @return empty if nothing is set
     * @throws IllegalArgumentException if it names a class that cannot be used; says why
     */
    public static Optional<NodeCommand> load(String setting) {
        return load(setting, SettingsReader.ofThisJvm(name -> Optional.empty()));
    }

    /**
     * Loads the commands that a setting names for single nodes.
     *
     * @param setting the setting, for example {@code nomos.process.command}
     * @return by the name of the node; none if nothing is set
     * @throws IllegalArgumentException if one names a class that cannot be used; says why
     */
    public static Map<String, NodeCommand> ofNodes(String setting) {
        var reader = SettingsReader.ofThisJvm(name -> Optional.empty());
        Map<String, NodeCommand> commands = reader.ofNodes(setting, EXPECTED, ChosenCommand::create);
        reader.check();
        return commands;
    }

    /** Loads a class that somebody named. */
    static NodeCommand create(String name, String who) {
        try {
            return create(name);
        } catch (UnusableSettingException e) {
            throw new IllegalArgumentException(
                    who + " is \"" + name + "\", expected " + EXPECTED + " (" + e.getMessage() + ")", e);
        }
    }

    static Optional<NodeCommand> load(String setting, SettingsReader reader) {
        NodeCommand command = reader.find(setting, EXPECTED, ChosenCommand::create);
        reader.check();
        return Optional.ofNullable(command);
    }

    private static NodeCommand create(String name) {
        try {
            if (find(name).getDeclaredConstructor().newInstance() instanceof NodeCommand command) {
                return command;
            }
            throw new UnusableSettingException("it is no NodeCommand");
        } catch (InvocationTargetException e) {
            throw new UnusableSettingException(String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new UnusableSettingException(e.toString());
        }
    }

    /** Looks with the class loader of the thread, which may see more than that of this library, or nothing at all. */
    private static Class<?> find(String name) throws ClassNotFoundException {
        ClassLoader own = ChosenCommand.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(name, true, context == null ? own : context);
        } catch (ClassNotFoundException e) {
            return Class.forName(name, true, own);
        }
    }
}
