package org.junitnomos.chaos;

import java.util.List;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeControl.Proof;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;

/** A fault of some columns of every blob, at all nodes: the part that is the same whatever they do with these. */
record ColumnFault(int percent, Schedule schedule) {
    /** What the nodes are told to do with columns. */
    interface Order {
        Proof give(NodeControl control, List<Integer> columns) throws InterruptedException;
    }

    void validate(Scenario scenario, Problems problems) {
        var check = new SettingsCheck(scenario, problems);
        if (percent < 1 || percent > 100) {
            check.problem("percent", percent, "1 to 100 percent of the columns", "Change it");
        }
        check.schedule(schedule);
    }

    /**
     * Drives the fault.
     *
     * @param kind kind of the decisions
     * @param doing what the nodes do, for the journal
     */
    void drive(RunContext run, String kind, String doing, Order order) throws InterruptedException {
        var injector = new Injector(
                run,
                (each, decision) -> each.hold(
                        doing + " columns " + decision.targets(),
                        decision.duration(),
                        () -> order.give(each.control(), Columns.numbers(decision.targets()))));
        injector.drive(schedule, kind, () -> Columns.draw(run, injector, percent));
    }
}
