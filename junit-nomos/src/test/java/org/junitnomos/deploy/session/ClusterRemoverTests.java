package org.junitnomos.deploy.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Removing what is in clusters, by a cleaner that has one in memory. */
class ClusterRemoverTests {
    private static final LedgerEntry ONE = entry(1);
    private static final LedgerEntry TWO = entry(2);

    private final List<String> log = new ArrayList<>();
    private final Cleaner cleaner = new Cleaner();

    private static LedgerEntry entry(int number) {
        return new LedgerEntry(number, "run", "cluster", "place @ somewhere", "nomos-0-" + number, true, null, false);
    }

    private static final class Cleaner implements ClusterCleaner {
        private final TreeSet<String> there = new TreeSet<>();
        private int asked;
        private boolean lost;
        private String late = "";

        @Override
        public List<Thing> present(List<Thing> things) throws IOException {
            asked++;
            if (asked > 1 && !late.isEmpty()) {
                there.add(late);
                late = "";
            }
            if (lost) {
                throw new IOException("no answer");
            }
            return things.stream()
                    .filter(thing -> there.contains(thing.marker()))
                    .toList();
        }

        @Override
        public void remove(List<Thing> things) {
            things.forEach(thing -> there.remove(thing.marker()));
        }

        @Override
        public Duration limit() {
            return Duration.ofSeconds(30);
        }

        @Override
        public List<String> libraries() {
            return List.of();
        }
    }

    private Removal.Outcome remove(ClusterRemover remover) throws InterruptedException {
        return new Removal(List.of(remover), log::add).removeOrphans(List.of(ONE, TWO));
    }

    @Test
    void removesWhatIsStillThere() throws Exception {
        cleaner.there.add(TWO.marker());
        cleaner.there.add("nomos-9-9");

        var outcome = remove(ClusterRemover.of(cleaner));

        assertThat(outcome.removed()).containsExactly(TWO);
        assertThat(outcome.left()).isEmpty();
        assertThat(cleaner.there).containsExactly("nomos-9-9");
        assertThat(log).containsExactly("removed cluster 'place @ somewhere' of run");
    }

    @Test
    void waitsForWhatAnApiServerWasAboutToMake() throws Exception {
        var asked = new LedgerEntry(3, "run", "cluster", "place @ somewhere", "nomos-0-3", false, null, false);
        cleaner.late = asked.marker();

        var outcome = new Removal(List.of(ClusterRemover.of(cleaner)), log::add).removeOrphans(List.of(asked));

        assertThat(outcome.removed()).containsExactly(asked);
        assertThat(cleaner.there).isEmpty();
    }

    @Test
    void leavesEverythingOfAClusterThatDoesNotAnswerWithoutWaitingForIt() throws Exception {
        cleaner.lost = true;

        var outcome = remove(ClusterRemover.of(cleaner));

        assertThat(outcome.left()).containsExactly(TWO, ONE);
        assertThat(cleaner.asked).isLessThan(5);
        assertThat(log).contains("problem: java.io.IOException: no answer");
    }

    @Test
    void leavesEverythingToWhoeverHasTheModule() throws Exception {
        var outcome = remove(ClusterRemover.find());

        assertThat(outcome.left()).containsExactly(TWO, ONE);
        assertThat(log)
                .contains("problem: java.io.IOException: what is in a cluster takes the module of its backend, which"
                        + " is not on this class path");
    }
}
