package shapes;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.TopologySweep;
import org.junitnomos.scenario.RunContext;

@TopologySweep(validators = {1, 2, 3})
@RunFor("4s")
class SweepTests {
    @ScenarioTest
    void scenario(RunContext run) {
        if (run.cluster().nodes().size() > 1) {
            Planted.failure("scenario", run);
        }
    }

    @Test
    void plain(RunContext run) {
        if (run.cluster().nodes().size() == 2) {
            Planted.failure("plain", run);
        }
    }

    @Test
    void passes(RunContext run) {}

    @Nested
    class Inner {
        @Test
        void fails(RunContext run) {
            if (run.cluster().nodes().size() == 3) {
                Planted.failure("inner", run);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void each(int i, RunContext run) {
            if (run.cluster().nodes().size() + i == 5) {
                Planted.failure("each " + i, run);
            }
        }
    }
}
