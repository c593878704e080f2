package org.junitnomos.runner;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.journal.JournalEvent.TransactionAccepted;
import org.junitnomos.journal.JournalEvent.TransactionIncluded;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.workload.TransactionWorkload;
import org.openjdk.jmh.annotations.Benchmark;

/** Runs of a minute with five validators as processes. */
public class ProcessClusterBenchmark extends ClusterBenchmark {
    /** About as many as a genesis has room for; each has one transaction on the way. */
    private static final int WALLETS = 240;

    /** Create it. */
    public ProcessClusterBenchmark() {
        super("process");
    }

    /** Raise the transactions per block until not all of them are included any more. */
    @Benchmark
    public int highestRate() {
        int held = 0;
        for (int rate = Integer.getInteger("bench.rate", 10);
                rate <= WALLETS;
                rate = Math.max(rate + 5, rate * 5 / 4)) {
            var tally = new Tally();
            var result = run(cluster("rate", Duration.ofMillis(Integer.getInteger("bench.slot", 250)), WALLETS)
                    .workload(new TransactionWorkload(rate, WALLETS))
                    .workload(tally)
                    .expect(new TransactionInclusion())
                    .expect(new ConsensusLiveness())
                    .build());
            System.out.printf("%n%d per block: %s, %s%n", rate, tally, result.verdict());
            if (result.verdict() != Verdict.PASSED) {
                System.out.println(result.failures());
                break;
            }
            held = rate;
        }
        return held;
    }

    /** Counts transactions, and blocks while the load lasts. */
    private static final class Tally implements WorkloadGenerator {
        private volatile @Nullable RunContext run;
        private volatile long blocks;

        @Override
        public String name() {
            return "tally";
        }

        @Override
        public void drive(RunContext context) throws Exception {
            run = context;
            long before = context.feed().height();
            while (context.isDriving()) {
                context.clock().sleep(Duration.ofMillis(100));
                blocks = context.feed().height() - before;
            }
        }

        @Override
        public String toString() {
            var ended = run;
            if (ended == null) {
                return "nothing was run";
            }
            int accepted = ended.journal().events(TransactionAccepted.class).size();
            long included = ended.journal().events(TransactionIncluded.class).stream()
                    .map(TransactionIncluded::transaction)
                    .distinct()
                    .count();
            return String.format(
                    "%d blocks, %d accepted, %d included, %.1f a second",
                    blocks, accepted, included, (double) included / WINDOW.toSeconds());
        }
    }
}
