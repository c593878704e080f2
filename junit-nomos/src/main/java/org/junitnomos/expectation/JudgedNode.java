package org.junitnomos.expectation;

import org.junitnomos.scenario.PlanTerm;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NodeSpec;

/** Checks which nodes an expectation is about. */
final class JudgedNode {
    private JudgedNode() {}

    /** Refuses a node that is not there; an empty name is none in particular. */
    static void validate(Scenario scenario, Problems problems, String node) {
        var names = scenario.topology().nodes().stream().map(NodeSpec::name).toList();
        if (!node.isEmpty() && !names.contains(node)) {
            problems.given(PlanTerm.VALIDATORS, PlanTerm.EXECUTORS, PlanTerm.TOPOLOGY)
                    .add("node", '"' + node + '"', "one of " + names, "Name one of them, or none");
        }
    }

    /** Refuses a node that is not there, and one together with all of them. */
    static void validate(Scenario scenario, Problems problems, String node, boolean eachNode) {
        validate(scenario, problems, node);
        if (eachNode && !node.isEmpty()) {
            problems.add("eachNode", true, "false, because one node is named", "Remove one of both");
        }
    }
}
