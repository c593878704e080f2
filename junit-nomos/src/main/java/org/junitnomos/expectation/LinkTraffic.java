package org.junitnomos.expectation;

import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.client.TestingClient;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.RunContext;

/**
 * Expects that blocks and transactions go through the links of the layout: at the end both ends of every link between
 * running nodes say that it is up and connected, also after a heal, and the number of peers that a node tells is that
 * of these links; a block reaches a node by the links, not only with the next one that brings its parents; and
 * transactions that a node took are in blocks of others, too.
 *
 * <p>A link is judged once neither end was away, or hit by a fault, for 10 s, the number of peers after 30 s: a peer
 * that says nothing is given up after 25 s. In real time both take 30 s. A block is late on a node if it was seen there
 * more than a slot and the delay of the layout after it was seen first; more than half of at least 20 blocks that were
 * made while nothing excused the node make it fail. So does, for the node that made them, that blocks which one node
 * made alone are late on all nodes that surely take them: that stood on their parent, had all of their transactions,
 * and were excused by nothing. No chance is involved there; one block in 10,000 is allowed for, in real time one in
 * ten. Where all ways from the makers of a block to a node lead through one peer, as in a star or a chain, that peer
 * has to hand it over: the node is late if it is below the block once the feed must have read it with it. One such
 * block in ten may be, more where messages take long or are lost; more than that explains but for one run in ten
 * million is the fault of the peer. The same holds for the blocks of others that carry one kind of operation, for
 * example blobs, on any layout. Blocks of others that lack transactions which a node took, and which their leaders
 * surely had, in more slots than one in 1,000 explains (in real time one in ten), are the fault of the node that took
 * them, unless it is that of the leader.
 *
 * <p>Left out, or inconclusive, where nodes do not tell the state of their links but only a number of peers.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record LinkTraffic() implements Expectation {
    static final String UNTOLD = "the nodes tell a number of peers, but not the state of their links";

    @Override
    public Optional<String> undecidable(RunContext run) {
        return Proposals.noneTells(run, TestingClient::links) ? Optional.of(UNTOLD) : Optional.empty();
    }

    @Override
    public void evaluate(RunContext run) {
        new TrafficJudge(run).judge();
    }
}
