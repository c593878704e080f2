package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.chaos.SlowLinkFault;

/**
 * Makes one link slow for a while, both ways; see {@link SlowLinkFault}. Repeatable.
 *
 * <p>Times are a number and a unit (ms, s, m, h) or ISO-8601, in protocol time.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(SlowLink.List.class)
@Workload(SlowLinkFault.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface SlowLink {
    /**
     * Name of one node, for example {@code "validator-0"}.
     *
     * @return the name
     */
    String a();

    /**
     * Name of the other, which the layout links with {@link #a()}.
     *
     * @return the name
     */
    String b();

    /**
     * Delay of every message while it lasts.
     *
     * @return a duration
     */
    String latency() default "1s";

    /**
     * Largest extra delay, drawn for each message.
     *
     * @return a duration
     */
    String jitter() default "0s";

    /**
     * Chance in thousandths that a transmission is lost and comes one round later; 0 to 999.
     *
     * @return the number
     */
    int lossPerMille() default 0;

    /**
     * Bytes that it carries in a second each way; 0 for no limit.
     *
     * @return the number
     */
    long bandwidth() default 0;

    /**
     * When it begins, from the start of the drive; 0 or more.
     *
     * @return a duration
     */
    String at();

    /**
     * How long it lasts; more than 0, and over before the last slot of the run window.
     *
     * @return a duration
     */
    String duration();

    /**
     * Time from one beginning to the next; more than {@link #duration()}, or 0 for only one.
     *
     * @return a duration
     */
    String every() default "0s";

    /** Holds several {@link SlowLink} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        SlowLink[] value();
    }
}
