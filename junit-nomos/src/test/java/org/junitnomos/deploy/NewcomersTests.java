package org.junitnomos.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

class NewcomersTests {
    private final TopologySpec topology = TopologySpec.of(3, 1);
    private final Newcomers newcomers = new Newcomers(topology, 4711);

    @Test
    void givesTheNextFreeNameOfTheRoleAndAnIndexAfterAllOthers() {
        assertThat(newcomers.next(NodeRole.VALIDATOR)).isEqualTo(new NodeSpec("validator-3", NodeRole.VALIDATOR, 4));
        assertThat(newcomers.next(NodeRole.EXECUTOR)).isEqualTo(new NodeSpec("executor-1", NodeRole.EXECUTOR, 5));
        assertThat(newcomers.next(NodeRole.VALIDATOR)).isEqualTo(new NodeSpec("validator-4", NodeRole.VALIDATOR, 6));
    }

    @Test
    void derivesAKeyOfItsOwnFromSeedAndName() {
        var key = newcomers.leaderKey("validator-3");

        assertThat(new Newcomers(topology, 4711).leaderKey("validator-3")).isEqualTo(key);
        assertThat(newcomers.leaderKey("validator-4")).isNotEqualTo(key);
        assertThat(new Newcomers(topology, 4712).leaderKey("validator-3")).isNotEqualTo(key);
        assertThat(Genesis.derive(topology, 4711).leaders()).doesNotContain(key);
    }
}
