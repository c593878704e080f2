package org.junitnomos.devnode;

import org.junitnomos.devnode.chain.Chain;
import org.junitnomos.topology.NodeRule;

/**
 * Tells the peers where the chain stands, and learns from theirs who is there. Who is ahead is only of interest to a
 * node without the rule {@link NodeRule#RESTART}: others wait for a proposal (node contract 5.2).
 */
final class Hellos {
    private final LinkQualities links;
    private final Chain chain;
    private final BlockSync sync;
    private final Timers timers;

    Hellos(LinkQualities links, Chain chain, BlockSync sync, Timers timers) {
        this.links = links;
        this.chain = chain;
        this.sync = sync;
        this.timers = timers;
    }

    /** Says hello to all peers now and every few seconds from now on. */
    void begin(long now) {
        for (Link link : links.all()) {
            say(link, now);
        }
        timers.at(now + LinkQualities.HELLO_NANOS, () -> begin(now + LinkQualities.HELLO_NANOS));
    }

    void say(Link link, long now) {
        PeerMessage hello = new PeerMessage.Hello(
                chain.tip().id(), chain.tip().height(), chain.lib().id(), !link.isConnected(now));
        links.send(link, hello, now);
    }

    /** Answers if the peer wants it or is behind, so that two nodes never answer each other for long. */
    void receive(Link link, PeerMessage.Hello hello, long now) {
        link.peerHears(!hello.answer(), now);
        if (hello.answer() || hello.height() < chain.tip().height()) {
            say(link, now);
        }
        boolean ahead = hello.height() > chain.tip().height() && chain.find(hello.tip()) == null;
        if (ahead && !chain.parameters().obeys(NodeRule.RESTART) && !link.isDistrusted(now)) {
            sync.fetch(hello.tip(), link.peer(), now);
        }
    }
}
