package org.junitnomos.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.client.WireFixtures.GENESIS;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.client.WireFixtures;
import org.junitnomos.feed.LooseBlocks.Loose;
import org.junitnomos.journal.Broadcast;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;

class FeedStateTests {
    private static final List<String> NODES = List.of("validator-0", "validator-1", "validator-2");

    private final FeedState state = new FeedState(
            GENESIS, new Broadcast<>(failure -> {}), new Broadcast<>(failure -> {}), new Broadcast<>(failure -> {}));

    /** The same by going through every block below. */
    private @Nullable HeaderId searched(String node, HeaderId tip, long above) {
        HeaderId found = null;
        for (var at = state.find(tip);
                at != null && at.height() > above;
                at = state.find(at.block().header().parent())) {
            boolean other = !at.firstSeenOn().equals(node);
            if (other && !at.block().transactions().isEmpty()) {
                return at.id();
            }
            found = other && found == null ? at.id() : found;
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsTheNewestBlockThatAnotherNodeShowedFirst(long seed) {
        var random = new Random(seed);
        var blocks = new ArrayList<>(List.of(GENESIS));
        for (int i = 1; i <= 120; i++) {
            HeaderId parent = blocks.get(blocks.size() - 1 - random.nextInt(Math.min(3, blocks.size())));
            Block block = random.nextInt(4) == 0
                    ? WireFixtures.block(parent, i, WireFixtures.transfer(i))
                    : WireFixtures.block(parent, i);
            String node = random.nextInt(3) > 0 ? NODES.get(0) : NODES.get(random.nextInt(3));
            state.fetched(new Loose(block.id(), block, node, i));
            blocks.add(block.id());
        }
        int found = 0;
        for (HeaderId tip : blocks) {
            for (String node : NODES) {
                for (long above : List.of(0L, 5L, 20L)) {
                    HeaderId expected = searched(node, tip, above);
                    found += expected == null ? 0 : 1;
                    assertThat(state.notShownBy(node, tip, above)).isEqualTo(expected);
                }
            }
        }
        assertThat(found).isGreaterThan(100);
    }
}
