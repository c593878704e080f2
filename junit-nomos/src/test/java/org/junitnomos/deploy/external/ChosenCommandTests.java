package org.junitnomos.deploy.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.settings.SettingsReader;

class ChosenCommandTests {
    private static final String SETTING = "nomos.process.command";

    /** A command as a user would write one. */
    public static final class Mine implements NodeCommand {
        @Override
        public String systemUnderTest() {
            return "mine";
        }

        @Override
        public NodeLaunch launch(NodeSetup setup) {
            return NodeLaunch.of(List.of("true"), "");
        }
    }

    private static Optional<NodeCommand> load(String name) {
        var reader = SettingsReader.ofAll(parameter -> Optional.empty(), Map.of(SETTING, name), Map.of());
        return ChosenCommand.load(SETTING, reader);
    }

    @Test
    void isNothingIfNothingIsSet() {
        assertThat(ChosenCommand.load("nomos.no.such.setting")).isEmpty();
    }

    @Test
    void isTheClassThatTheSettingNames() {
        assertThat(load(Mine.class.getName()).orElseThrow().systemUnderTest()).isEqualTo("mine");
    }

    @Test
    void isFoundWhateverTheContextClassLoaderSees() {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try {
            for (var loader : new ClassLoader[] {null, ClassLoader.getPlatformClassLoader()}) {
                thread.setContextClassLoader(loader);
                assertThat(load(Mine.class.getName())).isPresent();
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void tellsWhatIsWrongWithTheSetting() {
        assertThatThrownBy(() -> load("com.example.Missing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Setting 'nomos.process.command' (system property) is \"com.example.Missing\", expected the"
                        + " name of a public class that implements org.junitnomos.deploy.NodeCommand and has a public"
                        + " constructor without parameters, or nothing for dev nodes"
                        + " (java.lang.ClassNotFoundException: com.example.Missing).");
    }

    @Test
    void refusesAClassThatIsNoCommand() {
        assertThatThrownBy(() -> load(StringBuilder.class.getName()))
                .hasMessageContaining("is \"java.lang.StringBuilder\"")
                .hasMessageEndingWith("(it is no NodeCommand).");
    }

    /** A command that refuses to be made. */
    public static final class Refusing {
        public Refusing() {
            throw new IllegalStateException("MY_NODE_BIN is not set");
        }
    }

    @Test
    void tellsWhyTheConstructorFailed() {
        assertThatThrownBy(() -> load(Refusing.class.getName()))
                .hasMessageEndingWith("(java.lang.IllegalStateException: MY_NODE_BIN is not set).");
    }
}
