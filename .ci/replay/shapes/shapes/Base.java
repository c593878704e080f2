package shapes;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.scenario.RunContext;

abstract class Base {
    @Test
    void inherited(RunContext run) {
        Planted.failure("inherited by " + getClass().getSimpleName(), run);
    }

    @Nested
    class Inner {
        @Test
        void inherited(RunContext run) {
            Planted.failure("inner inherited by " + Base.this.getClass().getSimpleName(), run);
        }

        @Test
        void passes(RunContext run) {}

        @ParameterizedTest
        @ValueSource(strings = {"a", "b"})
        void each(String s, RunContext run) {
            if (s.equals("b")) {
                Planted.failure(s + " inherited by " + Base.this.getClass().getSimpleName(), run);
            }
        }

        @Nested
        class Deeper {
            @ScenarioTest
            void inherited(RunContext run) {
                Planted.failure("deeper inherited by " + Base.this.getClass().getSimpleName(), run);
            }
        }
    }
}
