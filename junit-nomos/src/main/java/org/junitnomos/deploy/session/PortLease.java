package org.junitnomos.deploy.session;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/** A leased port, held until it is closed; see {@link Scope#leasePort()}. Thread-safe. */
@API(status = INTERNAL, since = "0.1")
public final class PortLease implements AutoCloseable {
    private final PortLeases leases;
    private final Entry entry;
    private final int port;

    PortLease(PortLeases leases, Entry entry, int port) {
        this.leases = leases;
        this.entry = entry;
        this.port = port;
    }

    /** {@return the leased port, 1024 to 65535} */
    public int port() {
        return port;
    }

    /** Gives the port back. Idempotent. */
    @Override
    public void close() {
        leases.giveBack(port, entry.marker());
        entry.released();
    }
}
