package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junitnomos.chaos.Schedule;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.workload.SubmissionStrategy;
import org.junitnomos.workload.TransactionWorkload;

/** Attributes of an annotation become the components of a record by their names. */
class RecordReaderTests {
    interface Idle extends WorkloadGenerator {
        @Override
        default void drive(RunContext run) {}
    }

    record EverythingLoad(
            Duration pause,
            long bytes,
            double share,
            boolean late,
            String text,
            NodeRole role,
            Class<?> type,
            List<Integer> sizes,
            Set<NodeRole> roles,
            List<Duration> pauses,
            int[] numbers,
            Schedule schedule)
            implements Idle {}

    @Workload(EverythingLoad.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Everything {
        String pause() default "-1500ms";

        int bytes() default 7;

        float share() default 0.5f;

        boolean late() default true;

        String text() default "";

        NodeRole role() default NodeRole.EXECUTOR;

        Class<?> type() default String.class;

        int[] sizes() default {3, 1, 2};

        NodeRole[] roles() default {NodeRole.EXECUTOR, NodeRole.VALIDATOR, NodeRole.EXECUTOR};

        String[] pauses() default {"1s", "2m"};

        int[] numbers() default {4, 5};

        String at();

        String duration();

        String every() default "0s";
    }

    @Everything(at = "10s", duration = "5s")
    static class OfEverything {}

    @Test
    void everyTypeIsReadByName() {
        var load = (EverythingLoad) only(OfEverything.class);
        assertThat(load.pause()).isEqualTo(Duration.ofMillis(-1500));
        assertThat(load.bytes()).isEqualTo(7);
        assertThat(load.share()).isEqualTo(0.5);
        assertThat(load.late()).isTrue();
        assertThat(load.text()).isEmpty();
        assertThat(load.role()).isEqualTo(NodeRole.EXECUTOR);
        assertThat(load.type()).isEqualTo(String.class);
        assertThat(load.sizes()).containsExactly(3, 1, 2);
        assertThat(load.roles()).containsExactly(NodeRole.EXECUTOR, NodeRole.VALIDATOR);
        assertThat(load.pauses()).containsExactly(Duration.ofSeconds(1), Duration.ofMinutes(2));
        assertThat(load.numbers()).containsExactly(4, 5);
        assertThat(load.schedule()).isEqualTo(Schedule.once(Duration.ofSeconds(10), Duration.ofSeconds(5)));
    }

    record DefaultedLoad(
            int size,
            Duration pause,
            NodeRole role,
            @Nullable Duration end,
            @Nullable String note) implements Idle {
        DefaultedLoad() {
            this(9, Duration.ofSeconds(3), NodeRole.EXECUTOR, null, "none");
        }
    }

    @Workload(DefaultedLoad.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Defaulted {
        String pause() default "";

        NodeRole[] role() default {};

        String end() default "";

        String note() default "";
    }

    @Defaulted
    static class SaysNothing {}

    @Defaulted(pause = "1s", role = NodeRole.VALIDATOR, end = "2s", note = "x")
    static class SaysAll {}

    @Test
    void whatIsNotSaidIsAsTheConstructorWithoutParametersHasIt() {
        assertThat(only(SaysNothing.class)).isEqualTo(new DefaultedLoad());
        assertThat(only(SaysAll.class))
                .isEqualTo(new DefaultedLoad(9, Duration.ofSeconds(1), NodeRole.VALIDATOR, Duration.ofSeconds(2), "x"));
    }

    record OpenLoad(int size, @Nullable Duration end) implements Idle {}

    @Workload(OpenLoad.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Open {
        int size() default 1;

        String end() default "";
    }

    @Open
    static class WithoutEnd {}

    @Test
    void whatIsNotSaidIsNullWithoutADefault() {
        assertThat(only(WithoutEnd.class)).isEqualTo(new OpenLoad(1, null));
    }

    @Workload(TransactionWorkload.class)
    @Expect(TransactionInclusion.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Payments {
        int rate() default 2;

        int percent() default 100;
    }

    @Payments(percent = 90)
    @Wallets(5)
    static class Pays {}

    @Test
    void oneAnnotationMayConfigureSeveral() {
        var scenario = read(Pays.class);
        assertThat(scenario.workloads()).containsExactly(new TransactionWorkload(2, 0, SubmissionStrategy.ROUND_ROBIN));
        assertThat(scenario.expectations())
                .containsExactly(new TransactionInclusion(TransactionInclusion.DEFAULT_WITHIN_BLOCKS, 90));
    }

    record PausingLoad(int size, Schedule schedule) implements Idle {}

    @Workload(PausingLoad.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Misnamed {
        int sise() default 1;

        String at() default "";

        String duration() default "1s";
    }

    @Misnamed
    static class MisnamedLoad {}

    @Test
    void namesThatDoNotMatchAreTold() {
        assertThat(WrongPlanTests.problems(MisnamedLoad.class))
                .containsExactlyInAnyOrder(
                        "@Misnamed.sise on RecordReaderTests.MisnamedLoad is without a component of that name, expected"
                                + " one of [at, duration, every, schedule, size], the components. Rename it, or add the"
                                + " component to RecordReaderTests.PausingLoad.",
                        "@Misnamed on RecordReaderTests.MisnamedLoad is without attribute 'size', expected one for that"
                                + " component of RecordReaderTests.PausingLoad, which has no default. Add the attribute,"
                                + " or give the record a constructor without parameters.",
                        "@Misnamed.at on RecordReaderTests.MisnamedLoad is \"\", expected a duration such as 30s,"
                                + " 1500ms, 2m, 1h or PT30S. Write a number and a unit.",
                        "@Misnamed on RecordReaderTests.MisnamedLoad is without attribute 'every', expected one for that"
                                + " component of Schedule, which has no default. Add the attribute, or give the record a"
                                + " constructor without parameters.");
    }

    record TypedLoad(int size, List<Duration> pauses, NodeRole role, Schedule schedule) implements Idle {}

    @Workload(TypedLoad.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Mistyped {
        long size() default 1;

        int[] pauses() default 3;

        NodeRole[] role() default {};

        String schedule() default "10s";
    }

    @Mistyped
    static class MistypedLoad {}

    @Mistyped(role = {NodeRole.VALIDATOR, NodeRole.EXECUTOR})
    static class TwoRoles {}

    @Test
    void typesThatDoNotMatchAreTold() {
        assertThat(WrongPlanTests.problems(MistypedLoad.class))
                .containsExactly(
                        "@Mistyped.size on RecordReaderTests.MistypedLoad is of type long, expected int, the type of"
                                + " component 'size' of RecordReaderTests.TypedLoad. Give both the same type.",
                        "@Mistyped.pauses on RecordReaderTests.MistypedLoad is of type int[], expected List<Duration>,"
                                + " the type of component 'pauses' of RecordReaderTests.TypedLoad. Give both the same"
                                + " type.",
                        "@Mistyped.role on RecordReaderTests.MistypedLoad is empty, expected one value. Give one.",
                        "@Mistyped.schedule on RecordReaderTests.MistypedLoad is of type String, expected Schedule, the"
                                + " type of component 'schedule' of RecordReaderTests.TypedLoad. Give both the same"
                                + " type.");
        assertThat(WrongPlanTests.problems(TwoRoles.class))
                .contains("@Mistyped.role on RecordReaderTests.TwoRoles is [VALIDATOR, EXECUTOR], expected at most one"
                        + " value. Keep one of them.");
    }

    record StrictLoad(int size) implements Idle {
        StrictLoad {
            if (size > 3) {
                throw new IllegalArgumentException("size is " + size + ", expected at most 3");
            }
        }
    }

    @Workload(StrictLoad.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Strict {
        int size();
    }

    @Strict(size = 4)
    static class TooStrict {}

    @Test
    void aRecordThatRefusesItsSettingsIsTold() {
        assertThat(WrongPlanTests.problems(TooStrict.class))
                .containsExactly("@Workload.value on RecordReaderTests.TooStrict is RecordReaderTests.StrictLoad,"
                        + " expected settings that it accepts. It failed with java.lang.IllegalArgumentException: size"
                        + " is 4, expected at most 3.");
    }

    private static WorkloadGenerator only(Class<?> type) {
        return read(type).workloads().get(0);
    }

    private static Scenario read(Class<?> type) {
        return PlanReader.read(null, List.of(type), null).scenario();
    }
}
