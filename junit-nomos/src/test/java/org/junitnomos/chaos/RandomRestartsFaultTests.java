package org.junitnomos.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.journal.JournalEvent.FaultHealed;
import org.junitnomos.journal.JournalEvent.FaultInForce;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.scenario.ScenarioValidationException;
import org.junitnomos.testkit.JournaledRun;
import org.junitnomos.topology.NodeRole;

class RandomRestartsFaultTests {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Nested
    class Schedule {
        private final RandomRestartsFault restarts = new RandomRestartsFault(seconds(10), seconds(20), seconds(60));

        private RestartSchedule schedule(long seed) {
            return new RestartSchedule(restarts, List.of("a", "b", "c"), new Random(seed));
        }

        private List<String> draw(RestartSchedule schedule) {
            var drawn = new ArrayList<String>();
            var now = Duration.ZERO;
            for (int i = 0; i < 50; i++) {
                now = now.plus(schedule.nextDelay());
                var target = schedule.pick(now, List.of("a", "b", "c"));
                drawn.add(now + " " + target);
                if (target.isPresent()) {
                    schedule.restarted(target.get(), now);
                }
            }
            return drawn;
        }

        @Test
        void isTheSameForOneSeed() {
            assertThat(draw(schedule(7))).isEqualTo(draw(schedule(7))).isNotEqualTo(draw(schedule(8)));
        }

        @Test
        void keepsDelaysWithinTheirBounds() {
            var schedule = schedule(1);
            for (int i = 0; i < 1000; i++) {
                assertThat(schedule.nextDelay()).isBetween(seconds(10), seconds(20));
            }
        }

        @Test
        void leavesTheOthersEligibleWhileOneRests() {
            var schedule = schedule(3);
            var running = List.of("a", "b", "c");
            schedule.restarted("a", seconds(100));
            schedule.restarted("b", seconds(110));

            assertThat(schedule.pick(seconds(111), running)).contains("c");
            schedule.restarted("c", seconds(111));
            assertThat(schedule.pick(seconds(159), running)).isEmpty();
            assertThat(schedule.pick(seconds(160), running)).contains("a");
        }

        @Test
        void neverPicksTheLastRunningNodeNorOneThatIsDown() {
            assertThat(schedule(3).pick(SECOND, List.of("b"))).isEmpty();
            assertThat(schedule(3).pick(SECOND, List.of("b", "other"))).contains("b");
        }
    }

    @Nested
    class InARun {
        @TempDir
        Path directory;

        private final RandomRestartsFault restarts =
                new RandomRestartsFault(seconds(5), seconds(10), seconds(40), List.of(NodeRole.VALIDATOR));

        private ScenarioBuilder plan() {
            return Scenario.builder()
                    .name("restarts")
                    .validators(4)
                    .executors(1)
                    .workload(restarts)
                    .runFor(Duration.ofMinutes(5));
        }

        @Test
        void restartsNodesOfTheRoleAgainAndAgainAndProvesIt() throws Exception {
            var run = JournaledRun.of(plan(), directory, 1);

            assertThat(run.verdict()).isEqualTo(Verdict.PASSED);
            var requested = run.events(FaultRequested.class);
            assertThat(requested).hasSizeGreaterThan(15).allSatisfy(fault -> {
                assertThat(fault.kind()).isEqualTo("restart");
                assertThat(fault.targets()).hasSize(1).allMatch(node -> node.startsWith("validator-"));
            });
            assertThat(run.events(FaultInForce.class)).hasSameSizeAs(requested);
            assertThat(run.events(FaultHealed.class)).hasSameSizeAs(requested);
        }

        @Test
        void restsEachNodeForItsCooldown() throws Exception {
            var last = new LinkedHashMap<String, Long>();
            for (var fault : JournaledRun.of(plan(), directory, 2).events(FaultRequested.class)) {
                var before = last.put(fault.targets().get(0), fault.at());
                if (before != null) {
                    assertThat(fault.at() - before)
                            .isGreaterThanOrEqualTo(seconds(40).toNanos());
                }
            }
            assertThat(last.keySet())
                    .containsExactlyInAnyOrder("validator-0", "validator-1", "validator-2", "validator-3");
        }

        @Test
        void isTheSameForOneSeed() throws Exception {
            var one = JournaledRun.of(plan(), directory, 5).events(FaultRequested.class);
            assertThat(JournaledRun.of(plan(), directory, 5).events(FaultRequested.class))
                    .isEqualTo(one);
            assertThat(JournaledRun.of(plan(), directory, 6).events(FaultRequested.class))
                    .isNotEqualTo(one);
        }
    }

    @Nested
    class InAWrongPlan {
        private List<String> problems(ScenarioBuilder plan) {
            return catchThrowableOfType(ScenarioValidationException.class, plan::build)
                    .problems();
        }

        @Test
        void isToldEveryProblem() {
            var restarts = new RandomRestartsFault(Duration.ZERO, seconds(-1), seconds(-2), List.of(NodeRole.EXECUTOR));
            assertThat(problems(Scenario.builder().validators(1).workload(restarts)))
                    .containsExactly(
                            "random restarts: minDelay is 0 s, expected more than 0. Give a longer time.",
                            "random restarts: maxDelay is -1 s, expected at least the shortest delay of 0 s. Raise"
                                    + " maxDelay or lower minDelay.",
                            "random restarts: cooldown is -2 s, expected 0 or more. Give a longer time.",
                            "workload 'random restarts' is used with 1 node, expected at least 2 nodes: a last"
                                    + " running node is"
                                    + " never taken down. Raise validators.",
                            "random restarts: roles is [EXECUTOR], expected a role that the topology has. Name"
                                    + " validator"
                                    + " or executor.");
        }

        @Test
        void mayNotWaitLongerThanTheRun() {
            var plan = Scenario.builder().validators(3).runFor(seconds(60)).workload(new RandomRestartsFault());
            assertThat(problems(plan))
                    .containsExactly("random restarts: maxDelay is 1.5 min, expected less than 58 s, the run window"
                            + " without its last slot. Lower it or run longer.");
        }
    }

    @Test
    void equalSettingsAreEqualPlans() {
        assertThat(new RandomRestartsFault(SECOND, SECOND, SECOND, List.of(NodeRole.EXECUTOR, NodeRole.VALIDATOR)))
                .isEqualTo(new RandomRestartsFault(SECOND, SECOND, SECOND));
        assertThat(Map.of(new RandomRestartsFault(), 1)).containsKey(new RandomRestartsFault());
    }
}
