package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedRun.id;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.TestingClient.Proposal;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.BlockSeen;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.scenario.InconclusiveException;

class LinkTrafficTests {
    private final RecordedRun run = new RecordedRun(2, 0).driveFrom(0);
    private final Map<HeaderId, BlockObserved> observed = new LinkedHashMap<>();

    private static List<Proposal> made(int from, int until) {
        return IntStream.range(from, until)
                .mapToObj(block -> new Proposal(id(block), block, block))
                .toList();
    }

    /** Blocks that the first node makes alone, and that the second one has so many slots later. */
    private List<String> delivered(int slotsLater) {
        run.chain(RecordedRun.slots(1, 12)).at(20);
        var alone = new AloneInTheirSlots(new Proposals(Map.of("validator-0", made(1, 9), "validator-1", List.of())));
        for (var block : run.journal().events(BlockObserved.class)) {
            observed.put(block.block(), block);
            long at = block.at() + slotsLater * RecordedRun.SLOT;
            alone.seen(new BlockSeen(block.at(), "validator-0", block.block()), block, RecordedRun.SLOT);
            alone.seen(new BlockSeen(at, "validator-1", block.block()), block, RecordedRun.SLOT);
            alone.endSlot(block.slot(), node -> false);
        }
        return alone.texts(new RunFacts(run).slotsUntilNow(), RecordedRun.SLOT, observed, 2);
    }

    @Test
    void holdsWhereBlocksReachOthersAtOnce() {
        assertThat(delivered(1)).isEmpty();
    }

    @Test
    void namesTheNodeWhoseBlocksComeLate() {
        assertThat(delivered(2))
                .containsExactly("  blocks of validator-0 do not reach others in time: of 8 that it made in slots in"
                        + " which nobody else made one, 8 were on no other chain at once");
    }

    @Test
    void isInconclusiveWithoutANode() {
        assertThatThrownBy(() -> new LinkTraffic().evaluate(run.chain(RecordedRun.slots(1, 5))))
                .isInstanceOf(InconclusiveException.class)
                .hasMessage("no node runs that could be asked");
    }
}
