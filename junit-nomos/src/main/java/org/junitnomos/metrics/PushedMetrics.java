package org.junitnomos.metrics;

import java.util.Optional;
import java.util.SortedMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** What nodes pushed of themselves. Thread-safe. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface PushedMetrics {
    /** Nothing, of no node. */
    PushedMetrics NONE = new PushedMetrics() {
        @Override
        public Optional<Told> of(String node) {
            return Optional.empty();
        }

        @Override
        public void forget(String node) {
            // there is nothing
        }
    };

    /**
     * What a node told last.
     *
     * @param values by metric, as texts
     * @param problem why they are not of now; null if they are
     */
    record Told(SortedMap<String, String> values, @Nullable String problem) {}

    /** {@return what a node told last; empty if it never pushed in this life} */
    Optional<Told> of(String node);

    /** Begins anew with a node that ended. */
    void forget(String node);
}
