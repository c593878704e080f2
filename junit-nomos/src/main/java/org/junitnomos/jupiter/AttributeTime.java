package org.junitnomos.jupiter;

import java.time.Duration;
import org.junitnomos.time.DurationText;

/** Read times from the attributes of annotations that configure workloads. */
final class AttributeTime {
    private AttributeTime() {}

    /**
     * Read a duration, with a minus in front if it is negative.
     *
     * @throws IllegalArgumentException naming the attribute if it is none
     */
    static Duration read(String attribute, String text) {
        var plain = text.strip();
        boolean negative = plain.startsWith("-");
        try {
            var duration = DurationText.parse(negative ? plain.substring(1) : plain);
            return negative ? duration.negated() : duration;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    attribute + " is \"" + text + "\", expected a duration such as 30s, 1500ms, 2m, 1h or PT30S", e);
        }
    }
}
