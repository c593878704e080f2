package org.junitnomos.time;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Gives tests of other rooms allowances on a machine that is as busy as they say. */
public final class Allowances {
    private Allowances() {}

    /** Return one whose pace is measured by a callable: 1 on a free machine, 20 at most. */
    public static Allowance paced(Duration limit, Callable<Double> pace) {
        return new Allowance(limit, () -> {
            try {
                return Pace.of(Duration.ofMillis((long) (Pace.WORK.toMillis() * pace.call())));
            } catch (InterruptedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
