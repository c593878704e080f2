package org.junitnomos.devnode;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.SignedMantleTx;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measure how long the cores of five nodes take for an hour of protocol time, from a cold start of the JVM. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 3)
public class DevNodeBenchmark {
    private static final int SECONDS = 3600;
    private static final int WALLETS = 100;

    /**
     * Run an hour without transactions.
     *
     * @return the height reached
     */
    @Benchmark
    public int emptyHour() {
        DevNet net = DevNet.create(5, Layout.STAR, new TestGenesis(5, 0), config -> config)
                .start();
        net.run(SECONDS * DevNet.SECOND);
        return net.node(0).info().height();
    }

    /**
     * Run an hour with five transactions a slot, signed, encoded and submitted over the API, each to another node.
     *
     * @return the height reached
     */
    @Benchmark
    public int busyHour() {
        return busyHour(new long[1]);
    }

    private static int busyHour(long[] clientNanos) {
        TestGenesis genesis = new TestGenesis(5, WALLETS);
        DevNet net = DevNet.create(5, Layout.STAR, genesis, config -> config).start();
        List<NoteId> notes = new ArrayList<>();
        for (int wallet = 0; wallet < WALLETS; wallet++) {
            notes.add(genesis.walletNote(wallet));
        }
        int sent = 0;
        for (int slot = 0; slot < SECONDS / 2; slot++) {
            for (int i = 0; i < 5; i++) {
                int wallet = sent % WALLETS;
                long begin = cpuNanos();
                SignedMantleTx transaction = genesis.renew(wallet, notes.get(wallet));
                notes.set(wallet, transaction.tx().noteIds().get(0));
                byte[] json = MantleJson.encode(transaction);
                clientNanos[0] += cpuNanos() - begin;
                net.node(sent % 5).submit(json);
                sent++;
            }
            net.run(2 * DevNet.SECOND);
        }
        return net.node(0).info().height();
    }

    /** Time on the processor, as the machine may be busy with other things. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /**
     * Run both once, without JMH.
     *
     * @param args how often
     */
    public static void main(String[] args) {
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            long begin = cpuNanos();
            long[] clientNanos = new long[1];
            int height = busyHour(clientNanos);
            long all = cpuNanos() - begin;
            System.out.printf(
                    "busy: height %d, %d ms of which the client %d ms%n",
                    height, all / 1_000_000, clientNanos[0] / 1_000_000);
            begin = cpuNanos();
            height = new DevNodeBenchmark().emptyHour();
            System.out.printf("empty: height %d, %d ms%n", height, (cpuNanos() - begin) / 1_000_000);
        }
    }
}
