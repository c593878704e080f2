package org.junitnomos.deploy.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodeSetup;

class ChosenCommandTests {
    private static final ChosenCommand COMMAND = new ChosenCommand("nomos.process.command");

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

    @Test
    void isNothingIfNothingIsSet() {
        assertThat(new ChosenCommand("nomos.no.such.setting").load()).isEmpty();
    }

    @Test
    void isTheClassThatTheSettingNames() {
        assertThat(COMMAND.load(Mine.class.getName()).systemUnderTest()).isEqualTo("mine");
    }

    @Test
    void tellsWhatIsWrongWithTheSetting() {
        var missing = COMMAND.load("com.example.Missing");

        assertThat(missing.requirement().missing())
                .isEqualTo(
                        "Setting 'nomos.process.command' is 'com.example.Missing', expected the name of a public class"
                                + " that implements org.junitnomos.deploy.NodeCommand and has a public constructor"
                                + " without parameters (java.lang.ClassNotFoundException: com.example.Missing). Correct it, or"
                                + " leave it out for dev nodes.");
        assertThatThrownBy(missing::prepare).isInstanceOf(IOException.class);
    }

    @Test
    void refusesAClassThatIsNoCommand() {
        assertThat(COMMAND.load(StringBuilder.class.getName()).requirement().missing())
                .contains("is 'java.lang.StringBuilder'", "(it is no NodeCommand)");
    }
}
