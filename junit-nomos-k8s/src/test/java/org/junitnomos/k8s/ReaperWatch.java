package org.junitnomos.k8s;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junitnomos.time.Allowance;
import org.junitnomos.time.Patience;

/** Looks how reapers get on. */
final class ReaperWatch {
    private ReaperWatch() {}

    /** Wait until something is so: for a time as on a machine that has nothing else to do. */
    static boolean within(Duration limit, BooleanSupplier done) throws InterruptedException {
        var allowance = Allowance.ofRealTime(limit);
        long start = System.nanoTime();
        while (!Patience.until(done, Duration.ofSeconds(1), Duration.ofMillis(100))) {
            if (allowance.isOver(System.nanoTime() - start)) {
                return false;
            }
        }
        return true;
    }

    /** Find the reaper of a session, and what it started to clean up. */
    static List<ProcessHandle> reapers(String session) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).contains(session))
                        .isPresent())
                .toList();
    }
}
