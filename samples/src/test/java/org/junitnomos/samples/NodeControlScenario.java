package org.junitnomos.samples;

import static org.junitnomos.deploy.NodeSelector.role;
import static org.junitnomos.deploy.NodeSelector.running;

import java.time.Duration;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.jupiter.ExpectHeightConvergence;
import org.junitnomos.jupiter.ExpectNoUnexpectedRestarts;
import org.junitnomos.jupiter.ExpectRecovery;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRole;

/** A cluster whose nodes are killed, paused, added and removed, and whose links and clocks are bent. */
@Topology(validators = 4, executors = 1, layout = NetworkLayout.FULL)
@RunFor("5m")
@ExpectRecovery
@ExpectHeightConvergence
@ExpectNoUnexpectedRestarts
class NodeControlScenario {

    // tag::nodes[]
    @ScenarioTest
    void nodesComeAndGo(RunContext run, NodeControl nodes) throws InterruptedException {
        nodes.kill("validator-1"); // no clean end; what was stored stays
        run.clock().sleep(Duration.ofSeconds(20));
        nodes.start("validator-1");

        nodes.pause("validator-2"); // there, but silent
        run.clock().sleep(Duration.ofSeconds(40));
        nodes.resume("validator-2");

        String fresh = nodes.add(NodeRole.VALIDATOR).targets().get(0); // "validator-4"
        run.clock().sleep(Duration.ofSeconds(30));
        nodes.remove("executor-0");
        nodes.restart(fresh);
    }
    // end::nodes[]

    // tag::links[]
    @ScenarioTest
    void faultsOverlap(RunContext run, NodeControl nodes) throws InterruptedException {
        var cut = nodes.cut("validator-0", "validator-1");
        var narrow = nodes.link("validator-2", "validator-3", LinkSpec.DEFAULT.withBandwidth(20_000));
        nodes.skewClock("validator-3", Duration.ofSeconds(-1));
        run.clock().sleep(Duration.ofSeconds(30));

        nodes.heal(cut); // only that one
        run.clock().sleep(Duration.ofSeconds(10));
        nodes.heal(narrow);
        nodes.heal(); // all that is left
    }
    // end::links[]

    // tag::selectors[]
    @ScenarioTest
    void twoValidatorsRestart(RunContext run, NodeControl nodes) throws InterruptedException {
        var some = role(NodeRole.VALIDATOR).and(running()).except("validator-0").random(2, run.random("some"));
        for (var proof : nodes.each(some, nodes::restart)) {
            run.note("test", proof.observed());
        }
    }
    // end::selectors[]
}
