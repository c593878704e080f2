package org.junitnomos.deploy.process;

import java.nio.file.Path;
import java.time.Duration;
import org.junitnomos.client.NodeClients;
import org.junitnomos.deploy.NodeStateListener;
import org.junitnomos.deploy.session.Scope;
import org.junitnomos.internal.Timeline;

/**
 * What the nodes of one deployment share.
 *
 * @param patience how long a node may take to end by itself
 * @param nodes directory of their logs and directories
 */
record ProcessHost(
        NodeCommand command,
        Duration patience,
        Timeline timeline,
        Scope scope,
        NodeClients clients,
        NodeStateListener listener,
        Path nodes) {}
