package benchmarks.work;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.DeployRequestValues;
import org.junitnomos.deploy.container.offline.ImageMain;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.runner.RunResult;
import org.junitnomos.runner.ScenarioRunner;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.topology.TopologySpec;

/** What is called otherwise in this tree than in e180d08. */
final class Tree {
    private Tree() {}

    static ScenarioBuilder leadersOnly(ScenarioBuilder plan) {
        return plan.walletsKnown(false);
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

    /** How many transactions of that size a block has room for. */
    static int perBlock(SignedMantleTx transaction) {
        return (Block.MAX_STORED_LENGTH - Block.EMPTY_STORED_LENGTH) / transaction.storedLength();
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
            return new DeployRequestValues(
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
