package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.ConsensusLiveness;

/**
 * Expects that the chain grows during the run window and that every running node follows it; see
 * {@link ConsensusLiveness}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(ConsensusLiveness.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectConsensusLiveness {
    /**
     * Largest distance of a running node from the tip of the reference chain, in blocks; 0 or more.
     *
     * @return the lag
     */
    int maxLag() default ConsensusLiveness.DEFAULT_MAX_LAG;

    /**
     * Slots in a row for which a node may be farther away, or cannot be read; at least 1.
     *
     * @return the number of slots
     */
    int maxLagSlots() default ConsensusLiveness.DEFAULT_MAX_LAG_SLOTS;

    /**
     * Number of healthy runs of which one may fail by chance; at least 100.
     *
     * @return the number of runs
     */
    int falseAlarmOneIn() default ConsensusLiveness.DEFAULT_FALSE_ALARM_ONE_IN;
}
