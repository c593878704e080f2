package org.junitnomos.runner;

import java.time.Duration;
import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.runner.DefectFinding.Outcome;

/**
 * What a scenario notices of the defects of the catalogue.
 *
 * @param scenario name of the scenario
 * @param expectations names of what judged
 * @param seeds the seeds of the runs
 * @param alarms what failed without any defect, one text a seed; empty, or nothing can be said
 * @param findings one a defect and seed, by defect; empty if there were alarms
 * @param took how long it took, in real time
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record SelfCheckResult(
        String scenario,
        List<String> expectations,
        List<Long> seeds,
        List<String> alarms,
        List<DefectFinding> findings,
        Duration took) {
    public SelfCheckResult {
        expectations = List.copyOf(expectations);
        seeds = List.copyOf(seeds);
        alarms = List.copyOf(alarms);
        findings = List.copyOf(findings);
    }

    /** Lists the runs whose defect should have been noticed, and was not, of defects that no other seed noticed. */
    public List<DefectFinding> missed() {
        return findings.stream()
                .filter(each -> each.outcome() == Outcome.MISSED)
                .filter(each -> findings.stream()
                        .noneMatch(other -> other.defect() == each.defect() && other.outcome() == Outcome.NOTICED))
                .toList();
    }
}
