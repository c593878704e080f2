package shapes;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.scenario.RunContext;

@ParameterizedClass
@ValueSource(strings = {"x", "y"})
@Topology(validators = 1)
@RunFor("4s")
class ParameterizedClassTests {
    @Parameter
    String value;

    @Test
    void fails(RunContext run) {
        if (value.equals("y")) {
            Planted.failure("fails " + value, run);
        }
    }

    @ScenarioTest
    void scenario(RunContext run) {
        Planted.failure("scenario " + value, run);
    }

    @Test
    void passes(RunContext run) {}

    @Nested
    class Inner {
        @Test
        void fails(RunContext run) {
            Planted.failure("inner " + value, run);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void each(int i, RunContext run) {
            if (i == 2) {
                Planted.failure("inner " + value + i, run);
            }
        }
    }
}
