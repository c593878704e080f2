package org.junitnomos.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junitnomos.deploy.NodeSelector.all;
import static org.junitnomos.deploy.NodeSelector.named;
import static org.junitnomos.deploy.NodeSelector.role;
import static org.junitnomos.deploy.NodeSelector.running;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.NodeClient;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

class NodeSelectorTests {
    private final List<NodeHandle> nodes = TopologySpec.of(4, 2).nodes().stream()
            .<NodeHandle>map(spec -> new Handle(
                    spec, !spec.name().equals("validator-1"), spec.name().equals("validator-2")))
            .toList();

    /** A node in a certain state. */
    private record Handle(NodeSpec spec, boolean isRunning, boolean isPaused) implements NodeHandle {
        @Override
        public NodeClient client() {
            throw new UnsupportedOperationException("client");
        }

        @Override
        public Optional<Path> log() {
            return Optional.empty();
        }
    }

    private List<String> choose(NodeSelector selector) {
        return selector.choose(nodes).stream().map(NodeHandle::name).toList();
    }

    @Test
    void choosesByNameRoleAndState() {
        assertThat(choose(all())).hasSize(6);
        assertThat(choose(named("executor-1", "validator-0"))).containsExactly("validator-0", "executor-1");
        assertThat(choose(role(NodeRole.EXECUTOR))).containsExactly("executor-0", "executor-1");
        assertThat(choose(running())).containsExactly("validator-0", "validator-3", "executor-0", "executor-1");
    }

    @Test
    void combines() {
        assertThat(choose(role(NodeRole.VALIDATOR).and(running()))).containsExactly("validator-0", "validator-3");
        assertThat(choose(running().except("executor-0"))).containsExactly("validator-0", "validator-3", "executor-1");
        assertThat(choose(all().except(role(NodeRole.VALIDATOR)))).containsExactly("executor-0", "executor-1");
        assertThat(choose(running().and(named("validator-1")))).isEmpty();
    }

    @Test
    void refusesANameThatIsNotThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> choose(all().except("validator-7")))
                .withMessage("no node 'validator-7' in [validator-0, validator-1, validator-2, validator-3, executor-0,"
                        + " executor-1]");
    }

    @Test
    void drawsFromTheGivenRandomInTheOrderOfTheNodes() {
        var seen = new LinkedHashSet<List<String>>();
        for (int seed = 0; seed < 50; seed++) {
            var drawn = choose(all().random(2, new Random(seed)));
            assertThat(drawn).hasSize(2).isEqualTo(choose(all().random(2, new Random(seed))));
            assertThat(choose(all())).containsSubsequence(drawn);
            seen.add(drawn);
        }
        assertThat(seen).hasSizeGreaterThan(10);
        var random = new Random(1);
        var each = all().random(1, random);
        assertThat(List.of(choose(each), choose(each), choose(each), choose(each), choose(each)))
                .as("every choice draws anew")
                .matches(choices -> new LinkedHashSet<>(choices).size() > 1);
    }

    @Test
    void drawsAsManyAsThereAre() {
        assertThat(choose(role(NodeRole.EXECUTOR).random(5, new Random(1)))).hasSize(2);
        assertThat(choose(all().random(0, new Random(1)))).isEmpty();
    }

    @Test
    void roundsAPartButNeverToNothing() {
        assertThat(choose(all().fraction(0.5, new Random(1)))).hasSize(3);
        assertThat(choose(all().fraction(0.4, new Random(1)))).hasSize(2);
        assertThat(choose(all().fraction(0.01, new Random(1)))).hasSize(1);
        assertThat(choose(all().fraction(0, new Random(1)))).isEmpty();
        assertThat(choose(all().fraction(1, new Random(1)))).hasSize(6);
        assertThat(choose(running().and(named("validator-1")).fraction(0.5, new Random(1))))
                .isEmpty();
    }

    @Test
    void refusesNumbersThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all().random(-1, new Random(1)))
                .withMessage("count of a random choice: expected 0 or more but was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all().fraction(1.5, new Random(1)))
                .withMessage("part of a random choice: expected 0 to 1 but was 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all().fraction(Double.NaN, new Random(1)))
                .withMessage("part of a random choice: expected 0 to 1 but was NaN");
    }
}
