package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.expectation.RecordedRun.id;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.FinalizedBlock;

class StreamCheckTests {
    private static List<FinalizedBlock> lines(int... heights) {
        return IntStream.of(heights)
                .mapToObj(height -> new FinalizedBlock(height, id(height)))
                .toList();
    }

    private static String problem(List<FinalizedBlock> lines, long before, long after) {
        return StreamCheck.problemOfFinals(lines, before, after, height -> id(height.intValue()), false)
                .orElse("");
    }

    @Test
    void oneLineAHeightIsRight() {
        assertThat(problem(lines(8, 9, 10), 7, 10)).isEmpty();
    }

    @Test
    void namesTheHeightThatIsMissing() {
        assertThat(problem(lines(8, 10), 7, 10)).isEqualTo("expected height 9 next, observed 10");
        assertThat(problem(lines(8), 7, 10)).isEqualTo("expected lines up to height 10, observed none after height 8");
    }

    @Test
    void namesABlockThatIsNotOnTheChain() {
        assertThat(problem(List.of(new FinalizedBlock(8, id(99))), 7, 8))
                .isEqualTo("expected block " + id(8) + " at height 8, observed " + id(99));
    }

    @Test
    void namesABlockThatDoesNotCome() {
        assertThat(StreamCheck.problemOfBlocks(List.of(), List.of(id(3)), false))
                .contains("expected block " + id(3) + ", which joined its chain, observed none");
        assertThat(StreamCheck.problemOfBlocks(List.of(), List.of(id(3)), true)).isEmpty();
    }
}
