package org.junitnomos.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.deploy.Capability;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.topology.LinkSpec;

/**
 * Make one link slow for a while, both ways.
 *
 * @param a name of one node
 * @param b name of the other, which the layout links with {@code a}
 * @param link quality of the link while the fault is in force
 * @param at when it begins, in protocol time from the start of the drive; 0 or more
 * @param duration how long it lasts; more than 0
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record SlowLink(String a, String b, LinkSpec link, Duration at, Duration duration) implements WorkloadGenerator {
    public SlowLink {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(link, "link");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(duration, "duration");
    }

    @Override
    public String name() {
        return "slow link";
    }

    @Override
    public List<Capability> requires() {
        return List.of(Capability.LINK_QUALITY);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        var check = new SettingsCheck("@SlowLink", scenario, problems);
        check.linked(a, b);
        check.notNegative("latency", link.latency());
        check.notNegative("jitter", link.jitter());
        if (link.lossPerMille() < 0 || link.lossPerMille() > 999) {
            check.problem("lossPerMille", link.lossPerMille(), "0 to 999", "Change the number");
        }
        check.span(at, duration);
    }

    @Override
    public void drive(RunContext run) throws InterruptedException {
        var injector = new Injector(run, name());
        injector.repeat(
                at,
                Duration.ZERO,
                () -> injector.hold(
                        "the slow link of " + a + " and " + b,
                        () -> run.control().link(a, b, link),
                        duration));
    }
}
