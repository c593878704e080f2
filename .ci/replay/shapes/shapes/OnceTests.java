package shapes;

import org.junit.jupiter.api.Test;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.scenario.RunContext;

@Topology(validators = 1)
@RunFor("4s")
class OnceTests {
    @Test
    void once(RunContext run) {
        Planted.failure("OnceTests once", run);
    }
}
