package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.TransactionInclusion;

/**
 * Expects that accepted transactions get into the chain; see {@link TransactionInclusion}. Needs a workload that
 * submits transactions, for example {@link Transactions}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(TransactionInclusion.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectInclusion {
    /**
     * Blocks a transaction may take from its acceptance; at least 1.
     *
     * @return the number of blocks
     */
    int withinBlocks() default TransactionInclusion.DEFAULT_WITHIN_BLOCKS;

    /**
     * Share of the judged transactions that must be on time, in percent; 1 to 100.
     *
     * @return the share
     */
    int percent() default 100;

    /**
     * Share of the due transactions that nodes must have accepted for a pass, of each workload, in percent; 0 to 100.
     *
     * @return the share
     */
    int deliveredPercent() default TransactionInclusion.DEFAULT_DELIVERED;
}
