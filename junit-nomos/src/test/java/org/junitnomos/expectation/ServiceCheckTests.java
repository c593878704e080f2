package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.ScenarioClock;

/** In real time, where every answer comes at once but those that the test names. */
class ServiceCheckTests {
    private static final int METRICS = 3;

    private final RecordedRun recorded = new RecordedRun(1, 0);
    private Duration now = Duration.ZERO;
    private int asked;

    private static <T> T of(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }

    /** Lets some answers, counted from 1, take an hour. */
    private List<String> problems(Integer... late) {
        var client = of(NodeClient.class, (proxy, method, arguments) -> {
            now = now.plus(List.of(late).contains(++asked) ? Duration.ofHours(1) : Duration.ofMillis(1));
            return null;
        });
        var node = of(
                NodeHandle.class,
                (proxy, method, arguments) -> method.getName().equals("client") ? client : "validator-0");
        var clock = of(
                ScenarioClock.class,
                (proxy, method, arguments) -> method.getName().equals("now") ? now : (Object) false);
        var feed = of(BlockFeed.class, (proxy, method, arguments) -> Optional.empty());
        var run = of(RunContext.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "clock" -> clock;
            case "feed" -> feed;
            default -> recorded.scenario();
        });
        return new ServiceCheck(run, node).problems();
    }

    @Test
    void anAnswerThatIsLateOnceIsNoFaultOfTheNode() {
        assertThat(problems(METRICS)).isEmpty();
    }

    @Test
    void anAnswerThatIsLateAgainCounts() {
        assertThat(problems(METRICS, METRICS + 1))
                .containsExactly("  validator-0 did not answer 1 of 5 questions to /mantle/metrics as it should, first:"
                        + " it took 1 h");
    }
}
