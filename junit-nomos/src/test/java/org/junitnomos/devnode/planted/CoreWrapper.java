package org.junitnomos.devnode.planted;

import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.PeerMessage;

/** Pass every call on to another core. */
public abstract class CoreWrapper implements NodeCore {
    protected NodeCore core;

    protected CoreWrapper(NodeCore core) {
        this.core = core;
    }

    @Override
    public void start(long now) {
        core.start(now);
    }

    @Override
    public long nextTick(long now) {
        return core.nextTick(now);
    }

    @Override
    public void tick(long now) {
        core.tick(now);
    }

    @Override
    public void receive(String peer, PeerMessage message, long now) {
        core.receive(peer, message, now);
    }

    @Override
    public ApiResponse handle(ApiRequest request, long now) {
        return core.handle(request, now);
    }

    @Override
    public ApiResponse handleTesting(ApiRequest request, long now) {
        return core.handleTesting(request, now);
    }

    @Override
    public void stop() {
        core.stop();
    }
}
