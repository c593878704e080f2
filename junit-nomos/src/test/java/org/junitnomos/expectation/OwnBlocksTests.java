package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.expectation.RecordedRun.SLOT;
import static org.junitnomos.expectation.RecordedRun.empty;
import static org.junitnomos.expectation.RecordedRun.id;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.TestingClient.Proposal;
import org.junitnomos.topology.NodeState;

/** Three nodes; the first one makes a block alone in every third slot. */
class OwnBlocksTests {
    private static final int BLOCKS = 4;

    private final RecordedRun run = new RecordedRun(3, 0).driveFrom(0);
    private final Map<String, List<Proposal>> made = new LinkedHashMap<>();

    /** Some nodes have each block only in the slot after its own. */
    private void blocks(int number, List<String> late, boolean competing) {
        made.put("validator-1", new ArrayList<>());
        made.put("validator-2", new ArrayList<>());
        for (int block = 1; block <= number; block++) {
            int slot = 3 * block;
            made.computeIfAbsent("validator-0", name -> new ArrayList<>()).add(new Proposal(id(block), slot, block));
            var recorded = RecordedBlock.block(block).slot(slot);
            run.at(slot).observed(recorded).tip("validator-0", block);
            if (competing) {
                run.observed(
                        "validator-1",
                        RecordedBlock.block(100 + block).on(block - 1).slot(slot));
            }
            for (var node : List.of("validator-1", "validator-2")) {
                if (!late.contains(node)) {
                    run.tip(node, block);
                } else if (competing) {
                    run.tip(node, 100 + block);
                }
            }
            run.at(slot + 1);
            for (var node : late) {
                run.tip(node, block);
            }
        }
        run.driveUntil(3L * number + 3);
    }

    private List<String> texts() {
        var facts = new RunFacts(run);
        var proposals = new Proposals(made);
        return new OwnBlocks(facts, proposals, new SurePools(facts, proposals), SLOT / 2, 1e-7).texts(true);
    }

    @Test
    void namesANodeWhoseBlocksNobodyHasInTime() {
        blocks(BLOCKS, List.of("validator-1", "validator-2"), false);
        assertThat(texts())
                .singleElement()
                .asString()
                .matches("  blocks of validator-0 do not reach others in time: 3 of 3 that it made alone were"
                        + " on no other chain 1 s after they were seen first; the first is block [0-9a-f]{64} at height"
                        + " 2");
    }

    @Test
    void namesANodeThatHasNoBlockInTime() {
        blocks(BLOCKS, List.of("validator-2"), false);
        assertThat(texts())
                .singleElement()
                .asString()
                .matches("  blocks of others do not reach validator-2 in time: 3 of 3 that one node made alone were not"
                        + " there 1 s after they were seen first; the first is block [0-9a-f]{64} at height 2");
    }

    @Test
    void holdsWhereAllHaveThemAtOnce() {
        blocks(BLOCKS, List.of(), false);
        assertThat(texts()).isEmpty();
    }

    @Test
    void claimsNothingOfOneBlock() {
        blocks(2, List.of("validator-1", "validator-2"), false);
        assertThat(texts()).isEmpty();
    }

    @Test
    void claimsNothingOfNodesThatStandAsHighElsewhere() {
        blocks(BLOCKS, List.of("validator-1", "validator-2"), true);
        assertThat(texts()).isEmpty();
    }

    @Test
    void claimsNothingUnderAFault() {
        run.at(0).fault(1, "isolate");
        blocks(BLOCKS, List.of("validator-1", "validator-2"), false);
        assertThat(texts()).isEmpty();
    }

    @Test
    void claimsNothingOfANodeThatIsAway() {
        run.at(0).state("validator-0", NodeState.STOPPED, true);
        blocks(BLOCKS, List.of("validator-1", "validator-2"), false);
        assertThat(texts()).isEmpty();
    }

    @Test
    void claimsNothingOfBlocksWithWhatNobodyKnows() {
        for (int block = 1; block <= BLOCKS; block++) {
            made.computeIfAbsent("validator-0", name -> new ArrayList<>())
                    .add(new Proposal(id(block), 3L * block, block));
            run.at(3L * block)
                    .observed(RecordedBlock.block(block).slot(3L * block).with(empty(block)))
                    .tip("validator-0", block)
                    .at(3L * block + 1)
                    .tip("validator-1", block)
                    .tip("validator-2", block);
        }
        run.driveUntil(3L * BLOCKS + 3);
        assertThat(texts()).isEmpty();
    }
}
