package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.NodeKind;
import org.junitnomos.journal.JournalEvent.RunStarted;
import org.junitnomos.scenario.Scenario;

/** What is said of members of a subnet that hold nothing, while another one does. */
class ShareHoldersTests {
    private final RecordedRun run =
            new RecordedRun(Scenario.builder().validators(3).executors(1).wallets(0)).chain(RecordedRun.slots(0, 9));

    /** Five blobs, of whose column 1 validator-1 has nothing. */
    private List<String> problemsOn(String systemUnderTest) {
        run.add(new RunStarted(0, 1, "run", 1, "process", "real", systemUnderTest, List.of()));
        var blobs = new BlobEvents(run);
        for (int number = 1; number <= 5; number++) {
            blobs.disperse(number);
        }
        var facts = new RunFacts(run);
        var holders = new ShareHolders(facts);
        var found = new ShareHunt.Found(
                null, new TreeMap<>(), new TreeMap<>(Map.of(1, List.of("validator-0"))), List.of(), new TreeMap<>());
        facts.blobs().fates().forEach(fate -> {
            holders.owes("validator-0", fate, 1, found);
            holders.owes("validator-1", fate, 1, found);
        });
        return holders.problems();
    }

    @Test
    void ofDevNodesEachMemberHoldsItsOwn() {
        assertThat(problemsOn(NodeKind.DEV_NODES))
                .singleElement()
                .asString()
                .startsWith(
                        "  validator-1 does not give 5 of the 5 shares that it should hold, first: column 1 of blob ");
    }

    @Test
    void realNodesPassOnOnlyWhatCameBeforeItsTransaction() {
        assertThat(problemsOn("nomos-node (/opt/nomos-node, sha256 a7bc08ece21f)"))
                .isEmpty();
    }

    @Test
    void whetherEveryMemberHasItsShareIsDecidedOnDevNodesAlone() {
        run.add(new RunStarted(0, 1, "run", 1, "process", "real", "nomos-node (/opt/nomos-node)", List.of()));
        assertThat(new AssignedShares().undecidable(run))
                .hasValueSatisfying(why ->
                        assertThat(why).startsWith("a real node that has the transaction of a blob before its share"));

        var onDevNodes = new RecordedRun(Scenario.builder().validators(1).executors(1));
        onDevNodes.add(new RunStarted(0, 1, "run", 1, "process", "real", NodeKind.DEV_NODES, List.of()));
        assertThat(new AssignedShares().undecidable(onDevNodes)).isEmpty();
    }
}
