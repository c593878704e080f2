package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.BoundedReorgs;

/**
 * Expects that no node takes back more than a few blocks at once; see {@link BoundedReorgs}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(BoundedReorgs.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectBoundedReorgs {
    /**
     * Most blocks that a node may take back at once; 0 or more.
     *
     * @return the depth
     */
    int maxDepth() default BoundedReorgs.DEFAULT_MAX_DEPTH;

    /**
     * Whether a node may take back more after faults: as many blocks as they lasted slots, and k after a restart.
     *
     * @return false for the same depth at any time
     */
    boolean plusFaults() default false;
}
