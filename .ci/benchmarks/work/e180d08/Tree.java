package benchmarks.work;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.LogLevel;
import org.junitnomos.deploy.container.image.ImageMain;
import org.junitnomos.internal.RealTimeline;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.runner.RunResult;
import org.junitnomos.runner.RunSettings;
import org.junitnomos.runner.ScenarioRunner;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.scenario.TimeMode;
import org.junitnomos.topology.TopologySpec;

/** What is called otherwise in e180d08 than in the tree of now. */
final class Tree {
    private Tree() {}

    static ScenarioBuilder leadersOnly(ScenarioBuilder plan) {
        return plan; // its nodes know no others
    }

    static ScenarioBuilder inRealTime(ScenarioBuilder plan) {
        return plan.time(TimeMode.REAL);
    }

    static RunResult run(Scenario plan, Path directory, long seed, ScenarioRunner.Body body) {
        var parameters =
                Map.of("nomos.directory", directory.toString(), "nomos.seed", "" + seed, "nomos.progress", "off");
        var settings = RunSettings.read(name -> Optional.ofNullable(parameters.get(name)), Map.of(), Map.of());
        return ScenarioRunner.run(plan, settings, body);
    }

    static RunResult passed(RunResult result) {
        if (result.verdict() != Verdict.PASSED) {
            throw new IllegalStateException("seed " + result.info().seed() + ": " + failures(result));
        }
        return result;
    }

    static List<Throwable> failures(RunResult result) {
        return result.failures();
    }

    /** This tree does not know the room of a block. */
    static int perBlock(SignedMantleTx transaction) {
        return 0;
    }

    static Timeline timeline() {
        return new Timeline();
    }

    /** Real time, on which backends work. */
    static final class Timeline implements AutoCloseable {
        private final RealTimeline timeline = new RealTimeline();

        <T> T call(Callable<T> work) throws Exception {
            return timeline.call(work::call);
        }

        DeployRequest request(int nodes, long seed, Path directory) {
            return new DeployRequest(
                    TopologySpec.of(nodes, 0),
                    seed,
                    timeline,
                    directory,
                    Duration.ofMinutes(2),
                    LogLevel.INFO,
                    (node, state, intended, reason) -> {});
        }

        @Override
        public void close() {
            timeline.close();
        }
    }

    static void image(Path file) throws IOException, InterruptedException {
        ImageMain.main(new String[] {file.toString()});
    }
}
