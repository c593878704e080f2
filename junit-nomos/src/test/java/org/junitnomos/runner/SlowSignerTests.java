package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.runner.EmbeddedRuns.journal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.journal.JournalEvent.LoadDelivered;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.workload.TransactionWorkload;

/** A proof in zero knowledge takes its time: the load signs ahead, on other threads, and does not wait. */
class SlowSignerTests {
    private static final String TOO_SLOW = "transactions were signed too slowly";
    private static final TransactionWorkload LOAD = new TransactionWorkload(2, 20);

    @TempDir
    Path directory;

    /** The load of {@link #LOAD} in a run whose signatures are what a test makes of them. */
    private record Signed(Semaphore permits, Set<String> threads) implements WorkloadGenerator {
        @Override
        public String name() {
            return "signed";
        }

        @Override
        public void drive(RunContext run) throws Exception {
            LOAD.drive((RunContext) Proxy.newProxyInstance(
                    RunContext.class.getClassLoader(), new Class<?>[] {RunContext.class}, (proxy, method, args) -> {
                        if (method.getName().equals("sign")) {
                            threads.add(Thread.currentThread().getName());
                            permits.acquire(); // ends with the run, if not before
                        }
                        try {
                            return method.invoke(run, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }
    }

    private RunResult run(TimeMode time, Signed load) {
        var plan = Scenario.builder()
                .name("slow signer")
                .validators(2)
                .layout("full")
                .wallets(20)
                .slot(Duration.ofMillis(200))
                .time(time)
                .workload(load)
                .expect(new ConsensusLiveness())
                .runFor(Duration.ofSeconds(10))
                .cooldown(Duration.ofSeconds(1))
                .build();
        return new EmbeddedRuns(directory).run(plan, DevNode::new);
    }

    private static LoadDelivered account(RunResult result) {
        assertThat(result.failures()).isEmpty();
        return journal(result, LoadDelivered.class).get(0);
    }

    private static Signed signed(int permits) {
        return new Signed(new Semaphore(permits), Collections.synchronizedSet(new LinkedHashSet<>()));
    }

    @Test
    void whatIsNotSignedInTimeIsToldAndStallsNothing() {
        var account = account(run(TimeMode.REAL, signed(7)));

        assertThat(account.accepted()).isEqualTo(7);
        assertThat(account.planned()).isGreaterThan(20);
        assertThat(account.missed().getOrDefault(TOO_SLOW, 0L)).isGreaterThan(account.planned() / 2);
    }

    @Test
    void signsOnOtherThreadsInRealTime() {
        var load = signed(Integer.MAX_VALUE);

        var account = account(run(TimeMode.REAL, load));

        assertThat(account.accepted()).isGreaterThan(20);
        assertThat(account.missed().getOrDefault(TOO_SLOW, 0L)).isLessThan(account.planned() / 2);
        assertThat(load.threads()).isNotEmpty().allMatch(name -> name.contains("signatures"));
    }

    @Test
    void signsOnTheThreadOfTheLoadInVirtualTime() {
        var load = signed(Integer.MAX_VALUE);

        var account = account(run(TimeMode.VIRTUAL, load));

        assertThat(account.accepted()).isGreaterThan(20);
        assertThat(load.threads()).hasSize(1).noneMatch(name -> name.contains("signatures"));
    }
}
