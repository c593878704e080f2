package shapes;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.scenario.RunContext;

@Topology(validators = 1)
@RunFor("4s")
class NestedTests {
    @Test
    void fails(RunContext run) {
        Planted.failure("outer", run);
    }

    @Nested
    class Inner {
        @Test
        void fails(RunContext run) {
            Planted.failure("inner", run);
        }

        @Test
        void passes(RunContext run) {}

        @Nested
        @Topology(validators = 2)
        class Deeper {
            @ScenarioTest
            void fails(RunContext run) {
                Planted.failure("deeper", run);
            }

            @ScenarioTest
            void passes(RunContext run) {}

            @ParameterizedTest
            @ValueSource(ints = {1, 2})
            void each(int i, RunContext run) {
                if (i == 2) {
                    Planted.failure("deeper " + i, run);
                }
            }
        }
    }

    @Nested
    class Inner2 {
        @Test
        void fails(RunContext run) {
            Planted.failure("inner2", run);
        }
    }
}
