package org.junitnomos.scenario;

import java.util.Objects;
import org.apiguardian.api.API;

/**
 * Tells that an expectation that a plan could have brought does not judge a run.
 *
 * @param expectation its name
 * @param reason why plan or system under test cannot decide it, one clause
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record LeftOut(String expectation, String reason) {
    public LeftOut {
        Objects.requireNonNull(expectation, "expectation");
        Objects.requireNonNull(reason, "reason");
    }
}
