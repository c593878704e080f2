package org.junitnomos.jupiter;

import java.lang.annotation.Annotation;
import org.apiguardian.api.API;
import org.junitnomos.scenario.Expectation;

/**
 * Creates a configured expectation from an annotation; named by {@link Expect#by()}.
 *
 * <p>Needed only where the class must not know the annotation, and its attributes do not match the components of a
 * record by name.
 *
 * @param <A> type of the annotation that carries the {@code @Expect}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface ExpectationFactory<A extends Annotation> {
    /**
     * Creates the expectation.
     *
     * @param annotation holds the settings
     * @return equal for equal settings
     * @throws IllegalArgumentException if a setting is wrong; the text names attribute, value and what was expected
     */
    Expectation create(A annotation);

    /**
     * Stands for a constructor: the one that takes the annotation, else that of a record, matched by name, else the one
     * without parameters; the default.
     */
    interface ByConstructor extends ExpectationFactory<Annotation> {}
}
