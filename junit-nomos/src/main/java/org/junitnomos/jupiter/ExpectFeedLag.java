package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junitnomos.expectation.FeedLag;

/** Expects that the feed sees a share of the blocks soon after their slot began; see {@link FeedLag}. Repeatable. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ExpectFeedLag.List.class)
@Expect(FeedLag.class)
@ExtendWith(NomosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectFeedLag {
    /**
     * The share in percent; more than 0, at most 100.
     *
     * @return the share
     */
    double percentile() default 95;

    /**
     * The time after the beginning of a slot.
     *
     * @return a duration, for example {@code "2s"}
     */
    String within();

    /** Holds several {@link ExpectFeedLag} of one element; the compiler writes it. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @ExtendWith(NomosExtension.class)
    @API(status = API.Status.EXPERIMENTAL, since = "0.1")
    @interface List {
        /** {@return the annotations in the order of the source} */
        ExpectFeedLag[] value();
    }
}
