package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.workload.SubmissionStrategy;
import org.junitnomos.workload.TransactionWorkload;

/**
 * Submits transactions at a rate per block while the run is driven; see {@link TransactionWorkload}. Repeatable.
 *
 * <p>Needs {@link Wallets}: each user is one wallet that sends its whole note to itself.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(Transactions.List.class)
@Workload(TransactionWorkload.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface Transactions {
    /**
     * Target rate in transactions per block; 1 to 249, which all of a plan share in equal parts, or to 1024 if nodes do
     * not obey {@code block-size}, and not more than there are users. Nothing is sent while no block is observed.
     *
     * @return the rate
     */
    int rate() default 5;

    /**
     * Number of wallets that take part, from the first; at least 1 and at most as many as {@link Wallets} says.
     *
     * @return the number; {@link TransactionWorkload#ALL_WALLETS} for all
     */
    int users() default TransactionWorkload.ALL_WALLETS;

    /**
     * Which node gets a transaction.
     *
     * @return the strategy
     */
    SubmissionStrategy strategy() default SubmissionStrategy.ROUND_ROBIN;

    /**
     * Whether the workload brings {@link ExpectInclusion}, with limits that follow the plan, if the class names none.
     *
     * @return true unless nobody is to judge it
     */
    boolean judged() default true;

    /** Holds several {@link Transactions} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        Transactions[] value();
    }
}
