package org.junitnomos.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.external.NodeSetup;

class ChosenCommandTests {
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
    void isTheClassThatTheSettingNames() {
        assertThat(ChosenCommand.load(Mine.class.getName()).systemUnderTest()).isEqualTo("mine");
    }

    @Test
    void tellsWhatIsWrongWithTheSetting() {
        var missing = ChosenCommand.load("com.example.Missing");

        assertThat(missing.requirement().missing())
                .isEqualTo(
                        "Setting 'nomos.process.command' is 'com.example.Missing', expected the name of a public class"
                                + " that implements org.junitnomos.deploy.process.NodeCommand and has a public constructor"
                                + " without parameters (java.lang.ClassNotFoundException: com.example.Missing). Correct it, or"
                                + " leave it out for dev nodes.");
        assertThatThrownBy(missing::prepare).isInstanceOf(IOException.class);
    }

    @Test
    void refusesAClassThatIsNoCommand() {
        assertThat(ChosenCommand.load(StringBuilder.class.getName())
                        .requirement()
                        .missing())
                .contains("is 'java.lang.StringBuilder'", "(it is no NodeCommand)");
    }
}
