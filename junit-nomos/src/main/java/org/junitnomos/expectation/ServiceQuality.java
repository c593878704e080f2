package org.junitnomos.expectation;

import java.util.ArrayList;
import org.apiguardian.api.API;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/**
 * Expects that nodes answer: in time, without errors of their own, valid transactions with yes, and that what waits in
 * their mempools gets out of them.
 *
 * <p>A node may not refuse a transaction without a reason, as for {@link TransactionInclusion}. In virtual time the
 * feed must be able to read a node whenever nothing excuses it. At the end every running node is asked for where it
 * stands, its headers, a block, its mempool, the status of a transaction and its network, {@value
 * ServiceCheck#ROUNDS_VIRTUAL} times in virtual and {@value ServiceCheck#ROUNDS_REAL} times in real time: no answer
 * may be an error, or take a slot; in real time as much longer as the machine was busy, and a question whose answer is
 * late is asked once more before it counts. Nothing that this run submitted, and that is in a block, may be pending on
 * a node that made two blocks since the load ended: what fails there is forgotten with the next block that a node makes
 * (node contract 1.4). Where nodes do not tell which blocks they made, that is claimed once a healthy node would have
 * made two, but for one run in ten million.
 *
 * <p>Inconclusive if no node runs.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ServiceQuality() implements Expectation {
    @Override
    public void evaluate(RunContext run) {
        var witnesses = new Witnesses(run);
        if (witnesses.nodes.isEmpty()) {
            throw new InconclusiveException("no node runs that could be asked");
        }
        var problems = new ArrayList<String>();
        WrongRefusals.ofTransactions(witnesses.facts).refusals(100).forEach(text -> problems.add("  " + text));
        if (run.clock().isVirtual()) {
            problems.addAll(ServiceCheck.blindness(witnesses.facts));
        }
        var pool = new PoolCheck(witnesses, Proposals.ask(run));
        for (var node : witnesses.nodes) {
            if (witnesses.isSettled(node.name())) {
                problems.addAll(new ServiceCheck(run, node).problems());
                problems.addAll(pool.problems(node));
            }
        }
        if (!problems.isEmpty()) {
            throw new AssertionFailedError("expected every node to do its service but:\n" + Listing.of(problems));
        }
    }
}
