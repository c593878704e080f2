package org.junitnomos.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junitnomos.expectation.ChannelOrder;

/**
 * Expects that every message of a channel follows the tip of the channel; see {@link ChannelOrder}.
 *
 * <p>Needs a workload that publishes blobs, for example {@link DataAvailability}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Expect(ChannelOrder.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ExpectChannelOrder {}
