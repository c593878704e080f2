package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.workload.HostileTransactionsWorkload;

/**
 * Submits transactions that must never be included, through every node, while the run is driven; see {@link
 * HostileTransactionsWorkload}. Brings {@link ExpectHostileLoad}.
 *
 * <p>Needs {@link Wallets}: at least two.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Workload(HostileTransactionsWorkload.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface HostileTransactions {
    /**
     * Transactions per block; 1 to 16.
     *
     * @return the rate
     */
    int rate() default HostileTransactionsWorkload.DEFAULT_RATE;
}
