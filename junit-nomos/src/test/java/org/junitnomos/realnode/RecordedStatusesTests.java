package org.junitnomos.realnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The comparison sees what it is to see. */
class RecordedStatusesTests {
    private static final List<String> NODES = List.of("a", "b", "c");

    private final RecordedStatuses recorded;
    private final RecordedStatuses others = new RecordedStatuses();

    RecordedStatusesTests() throws IOException {
        recorded = RecordedStatuses.read();
    }

    private void all(String transaction, String... kinds) {
        NODES.forEach(node -> List.of(kinds).forEach(kind -> others.add(transaction, node, kind)));
    }

    private void asRecorded() {
        for (String name : recorded.names()) {
            if (recorded.mined().contains(name)) {
                others.add(name, "a", "Pending");
                others.add(name, "a", "Unknown");
                others.add(name, "b", "Pending");
                others.add(name, "b", "InBlock");
            } else {
                all(name, "Pending", "Unknown");
            }
        }
    }

    @Test
    void knowsWhatBecameOfTheDependentOnes() {
        assertThat(recorded.names()).hasSize(25);
        assertThat(recorded.mined())
                .hasSize(17)
                .contains("doubleSpend", "chained0", "chained1", "chained2", "chained3", "twoOutputs")
                .doesNotContain("transfer", "chained4", "inputs33", "foreignProof");
    }

    @Test
    void findsNothingInItself() {
        assertThat(recorded.differences(recorded, recorded.mined())).isEmpty();
    }

    @Test
    void takesAnotherProposer() {
        asRecorded();

        assertThat(recorded.differences(others, others.mined())).isEmpty();
    }

    @Test
    void seesATransactionThatShouldBeLost() {
        asRecorded();
        others.add("chained4", "b", "InBlock");

        assertThat(recorded.differences(others, others.mined()))
                .containsExactly(
                        "chained4: expected in no block",
                        "chained4: expected one of [[Unknown]] but was [Pending, Unknown, InBlock]");
    }

    @Test
    void seesANodeThatNeverForgets() {
        asRecorded();
        others.add("doubleSpend", "c", "Pending");

        assertThat(recorded.differences(others, others.mined()))
                .containsExactly("doubleSpend: expected one of [[InBlock], [Unknown]] but was [Pending]");
    }

    @Test
    void seesAProposerThatForgotWithoutHavingProposed() {
        asRecorded();
        others.add("chained3", "b", "Unknown");

        assertThat(recorded.differences(others, others.mined()))
                .containsExactly("chained3: expected one of [[Pending, InBlock], [Unknown], [Pending, Unknown]] but was"
                        + " [Pending, InBlock, Unknown]");
    }
}
