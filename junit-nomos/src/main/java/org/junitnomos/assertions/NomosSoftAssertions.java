package org.junitnomos.assertions;

import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.SoftAssertionsProvider;
import org.assertj.core.api.StandardSoftAssertionsProvider;

/**
 * Collects the failures of assertions about a run and its parts, and of those of AssertJ, and throws them together.
 * AssertJ's extension for JUnit injects it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class NomosSoftAssertions extends AbstractSoftAssertions
        implements NomosSoftAssertionsProvider, StandardSoftAssertionsProvider {
    /** Creates a collection without a failure. */
    public NomosSoftAssertions() {}

    /**
     * Lets somebody assert, and throws all failures at the end.
     *
     * @param assertions what is asserted
     * @throws AssertionError if something failed
     */
    public static void assertSoftly(Consumer<NomosSoftAssertions> assertions) {
        SoftAssertionsProvider.assertSoftly(NomosSoftAssertions.class, assertions);
    }
}
