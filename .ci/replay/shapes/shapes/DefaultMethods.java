package shapes;

import org.junit.jupiter.api.Test;
import org.junitnomos.scenario.RunContext;

interface DefaultMethods {
    @Test
    default void ofTheInterface(RunContext run) {
        Planted.failure("interface by " + getClass().getSimpleName(), run);
    }
}
