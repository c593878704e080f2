package org.junitnomos.jupiter;

import java.lang.annotation.Annotation;
import org.apiguardian.api.API;
import org.junitnomos.scenario.WorkloadGenerator;

/**
 * Creates a configured workload generator from an annotation; named by {@link Workload#by()}.
 *
 * <p>Needed only where the class must not know the annotation, and its attributes do not match the components of a
 * record by name.
 *
 * @param <A> type of the annotation that carries the {@code @Workload}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface WorkloadFactory<A extends Annotation> {
    /**
     * Creates the workload generator.
     *
     * @param annotation holds the settings
     * @return equal for equal settings
     * @throws IllegalArgumentException if a setting is wrong; the text names attribute, value and what was expected
     */
    WorkloadGenerator create(A annotation);

    /**
     * Stands for a constructor: the one that takes the annotation, else that of a record, matched by name, else the one
     * without parameters; the default.
     */
    interface ByConstructor extends WorkloadFactory<Annotation> {}
}
