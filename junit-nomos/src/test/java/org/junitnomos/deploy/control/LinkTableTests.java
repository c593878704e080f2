package org.junitnomos.deploy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.control.LinkTable.Link;
import org.junitnomos.topology.TopologySpec;

class LinkTableTests {
    private static final Link ZERO_ONE = new Link("validator-0", "validator-1");
    private static final Link ZERO_TWO = new Link("validator-0", "validator-2");
    private static final Link ONE_TWO = new Link("validator-1", "validator-2");

    private static LinkTable star() {
        return new LinkTable(TopologySpec.of(3, 0));
    }

    @Test
    void knowsTheLinksOfTheLayout() {
        var table = star();

        assertThat(table.all()).containsExactly(ZERO_ONE, ZERO_TWO);
        assertThat(table.of("validator-0")).containsExactly(ZERO_ONE, ZERO_TWO);
        assertThat(table.of("validator-2")).containsExactly(ZERO_TWO);
        assertThat(table.peersOf("validator-1")).containsExactly("validator-0");
        assertThat(table.unlinked()).containsExactly(ONE_TWO);
        assertThat(table.of("nobody")).isEmpty();
    }

    @Test
    void linksANodeThatJoinsWithAllOthers() {
        var table = star();

        table.add("validator-3");

        assertThat(table.peersOf("validator-3")).containsExactly("validator-0", "validator-1", "validator-2");
        assertThat(table.peersOf("validator-1")).containsExactly("validator-0", "validator-3");
        assertThat(table.all()).hasSize(5);
        assertThat(table.unlinked()).containsExactly(ONE_TWO);
    }

    @Test
    void forgetsANodeThatLeavesAtBothEnds() {
        var table = star();
        table.add("validator-3");

        table.remove("validator-0");

        assertThat(table.all())
                .containsExactly(new Link("validator-1", "validator-3"), new Link("validator-2", "validator-3"));
        assertThat(table.of("validator-0")).isEmpty();
        assertThat(table.peersOf("validator-1")).containsExactly("validator-3");
        assertThat(table.peersOf("validator-3")).containsExactly("validator-1", "validator-2");
    }

    @Test
    void findsALinkFromEitherEnd() {
        var table = star();

        assertThat(table.between("validator-0", "validator-2")).isEqualTo(ZERO_TWO);
        assertThat(table.between("validator-2", "validator-0")).isEqualTo(ZERO_TWO);
        assertThatThrownBy(() -> table.between("validator-2", "validator-1"))
                .hasMessage("Nodes 'validator-2' and 'validator-1' have no link in layout STAR;"
                        + " 'validator-2' is linked with [validator-0].");
    }
}
