package org.junitnomos.deploy.process;

import java.nio.file.Path;
import org.junitnomos.client.NodeClients;
import org.junitnomos.deploy.NodeStateListener;
import org.junitnomos.deploy.session.Scope;

/** What the nodes of one deployment share; {@code nodes} is the directory of their logs and directories. */
record ProcessHost(NodeCommand command, Scope scope, NodeClients clients, NodeStateListener listener, Path nodes) {}
