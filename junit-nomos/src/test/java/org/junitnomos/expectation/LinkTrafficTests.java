package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedRun.id;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.TestingClient.Proposal;
import org.junitnomos.journal.JournalEvent.BlockObserved;
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

    @Test
    void isInconclusiveWithoutANode() {
        assertThatThrownBy(() -> new LinkTraffic().evaluate(run.chain(RecordedRun.slots(1, 5))))
                .isInstanceOf(InconclusiveException.class)
                .hasMessage("no node runs that could be asked");
    }
}
