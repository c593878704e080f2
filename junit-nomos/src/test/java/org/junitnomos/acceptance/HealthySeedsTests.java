package org.junitnomos.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A healthy cluster gives no false alarm, whatever the seed. */
class HealthySeedsTests {
    /** How many seeds are run: 60, or {@code -Dcampaign.seeds=1000} for the whole campaign. */
    private static final int SEEDS = Integer.getInteger("campaign.seeds", 60);

    @TempDir
    Path directory;

    @Test
    @Timeout(600)
    void noExpectationFails() {
        assertThat(Runs.alarms(Runs.healthy(), directory, SEEDS)).isEmpty();
    }
}
