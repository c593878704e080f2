package org.junitnomos.runner;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.defect.NodeDefect;

/**
 * What became of one run with a defect.
 *
 * @param defect the defect
 * @param seed seed of the run
 * @param nodes the nodes that had it
 * @param outcome what became of it
 * @param acted whether a node did anything otherwise than a right one; if not, nobody looked
 * @param loaded whether the run had what the defect needs, as far as its journal tells
 * @param notices what noticed it, in the order of the plan; empty unless it was noticed
 * @param directory where the run is; null if it was dropped, because it was noticed, or if there was none
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record DefectFinding(
        NodeDefect defect,
        long seed,
        List<String> nodes,
        Outcome outcome,
        boolean acted,
        boolean loaded,
        List<Notice> notices,
        @Nullable Path directory) {
    public DefectFinding {
        Objects.requireNonNull(defect, "defect");
        Objects.requireNonNull(outcome, "outcome");
        nodes = List.copyOf(nodes);
        notices = List.copyOf(notices);
    }

    /** What became of a defect. */
    public enum Outcome {
        /** An expectation failed over it. */
        NOTICED,
        /** The node did otherwise than a right one and nobody said so, or nobody looked. */
        MISSED,
        /** So it was, but nobody could see it from outside. */
        INVISIBLE,
        /** Nothing happened in the run that the defect changes. */
        UNTOUCHED
    }

    /**
     * Who noticed, and how.
     *
     * @param expectation name of the expectation; {@code "(run)"} if the run itself failed
     * @param text its text, the first line that says anything
     */
    public record Notice(String expectation, String text) {}
}
