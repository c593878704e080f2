package org.junitnomos.jupiter;

import org.apiguardian.api.API;

/** What one run of a scenario spans. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum RunScope {
    /** As the enclosing class or superclass says; {@link #METHOD} if none says anything. */
    INHERIT,
    /** Every test method has a run of its own. */
    METHOD,
    /** All test methods of the class share one run; it is judged by an {@link ExpectationNodes} method. */
    CLASS
}
