package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.chaos.PartitionFault;
import org.junitnomos.chaos.PartitionShape;

/**
 * Cuts the cluster in two for a while, once or again and again; see {@link PartitionFault}. Repeatable.
 *
 * <p>Times are a number and a unit (ms, s, m, h) or ISO-8601, in protocol time.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(Partition.List.class)
@Workload(PartitionFault.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface Partition {
    /**
     * How the nodes are divided; who is on which side is drawn from the seed.
     *
     * @return the shape
     */
    PartitionShape shape() default PartitionShape.HALVES;

    /**
     * When it begins, from the start of the drive; 0 or more.
     *
     * @return a duration
     */
    String at();

    /**
     * How long it lasts; more than 0, over before the last slot of the run window, and well below the time of k blocks.
     *
     * @return a duration
     */
    String duration();

    /**
     * Time from one partition to the next; more than {@link #duration()}, or 0 for only one.
     *
     * @return a duration
     */
    String every() default "0s";

    /** Holds several {@link Partition} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        Partition[] value();
    }
}
