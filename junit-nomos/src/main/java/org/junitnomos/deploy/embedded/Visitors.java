package org.junitnomos.deploy.embedded;

import java.util.function.Consumer;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.program.ApiPort;

/**
 * Those who come through the door in one life of a node. Each has its turn on a thread of the timeline, since the
 * threads of a port that closes are interrupted; while the node is paused it waits.
 */
record Visitors(EmbeddedNode node, long life, EventLedger events, PauseGate gate) implements ApiPort.Core {
    @Override
    public void ask(ApiRequest request, Consumer<ApiResponse> answer) {
        Runnable turn =
                () -> node.visit(life, (core, now) -> core.handle(request, now).whenReady(answer));
        events.schedule(0, node.name() + " request", () -> gate.passes(turn));
    }

    @Override
    public void leave(ApiResponse.LineSource lines) {
        node.visit(life, (core, now) -> lines.close());
    }
}
