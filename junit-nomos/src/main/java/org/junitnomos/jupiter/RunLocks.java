package org.junitnomos.jupiter;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/**
 * Keeps the methods of a class that one run spans on one thread, one after the other, whatever is configured or
 * annotated: JUnit does that below a class with a lock. The class itself runs beside others, as its lock is nobody
 * else's. {@link ScenarioOptions} brings it.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class RunLocks implements ResourceLocksProvider {
    /** Creates the provider; JUnit calls this. */
    public RunLocks() {}

    @Override
    public Set<Lock> provideForClass(Class<?> testClass) {
        return PlanReader.outline(null, List.of(testClass), null).run() == RunScope.CLASS
                ? Collections.singleton(
                        new Lock("org.junitnomos.run-of." + testClass.getName(), ResourceAccessMode.READ_WRITE))
                : Collections.emptySet();
    }
}
