package shapes;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.scenario.RunContext;

@Topology(validators = 1)
@RunFor("4s")
class ManyTests {
    @ParameterizedTest(name = "each {0}")
    @ValueSource(strings = {"a", "b & c", "d"})
    void each(String s, RunContext run) {
        if (!s.equals("a")) {
            Planted.failure("each " + s, run);
        }
    }

    @RepeatedTest(3)
    void again(TestInfo info, RunContext run) {
        if (info.getDisplayName().contains(" 2 ")) {
            Planted.failure("again 2", run);
        }
    }

    @Test
    void twice(RunContext run) {
        Planted.failure("twice", run);
    }

    @Test
    void twice(RunContext run, TestInfo info) {}

    @Test
    void once(RunContext run) {
        Planted.failure("once", run);
    }

    @Test
    void onceMore(RunContext run) {
        Planted.failure("onceMore", run);
    }

    @TestFactory
    Stream<DynamicNode> made(RunContext run) {
        return Stream.of(
                dynamicTest("fine", () -> {}),
                dynamicContainer("box", Stream.of(dynamicTest("bad", () -> Planted.failure("made", run)))),
                dynamicTest("worse", () -> Planted.failure("made worse", run)));
    }
}
