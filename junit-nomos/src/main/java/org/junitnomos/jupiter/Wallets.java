package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Funds wallets at genesis, one note each.
 *
 * <p>Workloads spend from them; a test body gets them as a parameter of type {@code List<Wallet>}. Attributes that are
 * not set keep what the enclosing class or superclass says.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface Wallets {
    /**
     * Number of wallets; 0 or more, default 0.
     *
     * @return the number, or {@link Topology#UNSET}
     */
    int value() default Topology.UNSET;

    /**
     * Value of each wallet's note, in base units; positive, default 100.
     *
     * @return the value, or {@link Topology#UNSET}
     */
    long each() default Topology.UNSET;

    /**
     * Whether the wallet of every node knows the keys of these wallets, as in a cluster that the Rust framework
     * configures: {@code known = true}. Then nodes lead with their notes, too, and tell their balances. At most one
     * value, default false.
     *
     * @return the choice; empty if it is not set here
     */
    boolean[] known() default {};
}
