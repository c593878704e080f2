package org.junitnomos.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.journal.Verdict;

/** A healthy cluster gives no false alarm, whatever the seed. */
class HealthySeedsTests {
    /** How many seeds are run: 50, or {@code -Dcampaign.seeds=1000} for the whole campaign. */
    private static final int SEEDS = Integer.getInteger("campaign.seeds", 50);

    @TempDir
    Path directory;

    @Test
    @Timeout(600)
    void noExpectationFails() {
        var failures = new ArrayList<String>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            var result = Runs.run(Runs.healthy(), directory, seed);
            if (result.verdict() != Verdict.PASSED) {
                failures.add("seed " + seed + ": " + result.failures());
            }
            Runs.contradictions(result)
                    .forEach(each -> failures.add("seed " + result.info().seed() + ": " + each));
        }
        assertThat(failures).isEmpty();
    }
}
