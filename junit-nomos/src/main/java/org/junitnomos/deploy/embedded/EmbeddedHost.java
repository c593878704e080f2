package org.junitnomos.deploy.embedded;

import org.junitnomos.deploy.NodeStateListener;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.time.Timeline;

/** What the nodes of one deployment share. {@code chainStart}: when slot 0 begins, in nanoseconds on the timeline. */
record EmbeddedHost(
        NodeCoreFactory factory,
        Timeline timeline,
        EventLedger events,
        EmbeddedNetwork network,
        NodeStateListener listener,
        long chainStart) {}
