package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scenario with {@code @SelfCheck} has one test more, which fails over what its expectations miss. */
class SelfCheckExtensionTests implements LeavesNothing {
    private static final String NODE = "self-check";

    @TempDir
    Path directory;

    private NomosTestKit checked() {
        return kit().with("nomos.directory", directory.toString());
    }

    private Path place(Class<?> type) {
        return directory
                .resolve("self-check")
                .resolve("org.junitnomos.jupiter.SelfCheckExtensionTests." + type.getSimpleName() + ".runs");
    }

    private String table(Class<?> type) throws IOException {
        return Files.readString(place(type).resolve("self-check.txt"));
    }

    @Topology(validators = 3)
    @RunFor("1m")
    @ExpectConsensusLiveness
    @SelfCheck(defects = {"cached-tip", "deaf-after-a-restart", "repeats-itself"})
    static class Watchful {
        @ScenarioTest
        void runs() {}
    }

    @Test
    void whatIsNoticedNotTouchedOrNotToBeSeenPasses() throws IOException {
        assertThat(checked().execute(Watchful.class).tests())
                .containsExactly(
                        "run 1 min on 3 validators, embedded SUCCESSFUL",
                        "expect consensus liveness SUCCESSFUL",
                        "self-check SUCCESSFUL");
        assertThat(table(Watchful.class))
                .startsWith("self-check of SelfCheckExtensionTests.Watchful.runs(): 3 defects, 1 seed, ")
                .contains(": 1 noticed, 0 missed, 1 not touched, 1 not to be seen\n")
                .containsPattern("  cached-tip +noticed 1/1 by consensus liveness; validator-\\d: height \\d+ at slot")
                .containsPattern("  deaf-after-a-restart +not touched: needs @RandomRestarts\n")
                .containsPattern("  repeats-itself +cannot be seen from outside");
    }

    @Topology(validators = 3)
    @RunFor("1m")
    @ExpectSafety
    @SelfCheck(
            seeds = 2,
            defects = {"chain-stops", "lib-of-no-chain"})
    static class Blind {
        @ScenarioTest
        void runs() {}
    }

    @Test
    void whatIsMissedFailsByNameAndSaysWhatWouldNotice() throws IOException {
        var outcome = checked().execute(Blind.class);

        assertThat(outcome.failureOf(NODE))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "self-check: 1 defect that the load touches stayed unnoticed by [safety]:\n  chain-stops on"
                                + " [validator-0, validator-1, validator-2] with seed 4711: Takes five more blocks")
                .hasMessageContaining("What would notice it judges liveness")
                .hasMessageContaining("with seed 4712")
                .hasMessageContaining("The whole table: ");
        var json = Files.readString(place(Blind.class).resolve("self-check.json"));
        assertThat(json)
                .contains("\"seeds\" : [ 4711, 4712 ]", "\"outcome\" : \"missed\"", "\"outcome\" : \"noticed\"");
    }

    @TopologySweep(validators = {2, 3})
    @RunFor("20s")
    @SelfCheck(defects = "repeats-itself")
    static class Swept {
        @ScenarioTest
        void runs() {}
    }

    @Test
    void everyPointOfASweepHasATableOfItsOwn() throws IOException {
        checked().execute(Swept.class);

        try (var places = Files.list(directory.resolve("self-check"))) {
            var name = place(Swept.class).getFileName();
            assertThat(places.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder(name + "_validators_2", name + "_validators_3");
        }
    }

    @Topology(validators = 2)
    @RunFor("1m")
    static class Plain {
        @ScenarioTest
        void runs() {}
    }

    @Test
    void nothingIsCheckedUnlessItIsAskedFor() {
        assertThat(checked().execute(Plain.class).tests())
                .containsExactly("run 1 min on 2 validators, embedded SUCCESSFUL");
    }

    @Topology(validators = 2)
    @RunFor("1m")
    @SelfCheck(defects = "no-such")
    static class Misspelled {
        @ScenarioTest
        void runs() {}
    }

    @Test
    void aDefectThatDoesNotExistIsRefused() {
        assertThat(checked().execute(Misspelled.class).failureOf(NODE))
                .hasMessage(
                        "@SelfCheck.defects on SelfCheckExtensionTests.Misspelled.runs() names \"no-such\", expected"
                                + " names of defects, as \"never-leads\". Change it.");
    }
}
