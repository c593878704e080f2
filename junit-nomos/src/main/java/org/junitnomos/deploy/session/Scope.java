package org.junitnomos.deploy.session;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.deploy.engine.EngineAddress;

/**
 * Groups what belongs to one deployment, so that it can be told whether all of it is gone when the deployment was
 * closed. Thread-safe.
 */
@API(status = INTERNAL, since = "0.1")
public final class Scope {
    private final Session session;
    private final String name;

    Scope(Session session, String name) {
        this.session = session;
        this.name = name;
    }

    /** {@return the name of the scope, unique in its session} */
    public String name() {
        return name;
    }

    /**
     * Writes down what will be created, before it is. The first registration of a JVM begins its session: it sweeps
     * dead sessions and starts the reaper.
     *
     * @param kind what it is; {@link #registerAt}, {@link #createDirectory} and {@link #leasePort} register the other
     *     kinds than processes
     * @param name for people; for example the name of a node
     * @return to be completed once it exists, and released once it is gone
     * @throws SessionException if it cannot be written down; nothing may be created then
     * @throws IllegalArgumentException if an engine has things of that kind
     */
    public Entry register(ResourceKind kind, String name) {
        if (kind.isOfEngine()) {
            throw new IllegalArgumentException("a " + kind.label() + " must be registered with its engine");
        }
        return session.register(this.name, kind, name);
    }

    /**
     * Writes down what an engine will be told to create, before it is told. Give it the {@linkplain Entry#labels()
     * labels} of the entry: it is found by them alone.
     *
     * @param engine where; whoever cleans up asks there, which he can only if the engine
     *     {@linkplain EngineAddress#isDirect() needs no library}
     * @param kind container, network or volume
     * @param name for people; for example the name of a node
     * @return to be completed once it exists, and released once it is gone
     * @throws SessionException if it cannot be written down; nothing may be created then
     * @throws IllegalArgumentException if no engine has things of that kind
     */
    public Entry registerAt(EngineAddress engine, ResourceKind kind, String name) {
        if (!kind.isOfEngine()) {
            throw new IllegalArgumentException("no engine has a " + kind.label());
        }
        return session.register(this.name, kind, EngineRemover.name(name, engine));
    }

    /**
     * Creates a directory that must not outlive the deployment. It carries a marker file; only with that, and only if
     * no part of its path was replaced by a link, it is ever removed by somebody else.
     *
     * @param directory must not exist yet; its parents must
     * @return release it when it is deleted
     * @throws SessionException if it cannot be registered or created
     */
    public Entry createDirectory(Path directory) {
        return MarkedDirectory.create(this, directory);
    }

    /**
     * Leases a port for a command that must know its port before it starts. The port is outside of the range from which
     * the system takes ports for others, free for TCP and UDP just now, and leased to nobody else of this user.
     *
     * @return close it when whoever listened there is gone
     * @throws SessionException if no port can be leased
     */
    public PortLease leasePort() {
        return session.leasePort(this, new SecureRandom().nextInt(Integer.MAX_VALUE));
    }

    /**
     * Leases a port as {@link #leasePort()} does, the same one again where that is possible.
     *
     * @param number any number, at least 0: as long as nobody else holds that port, the same number gives the same port
     * @return close it when whoever listened there is gone
     * @throws SessionException if no port can be leased
     */
    public PortLease leasePort(int number) {
        return session.leasePort(this, number);
    }

    /**
     * Finds what is still there of this scope, whether it was released or not, and removes it. Call it after the
     * deployment was closed. Blocks up to 5 s for processes, 10 s for containers,
     * usually not at all.
     *
     * @return one text for each thing that was still there: what it was and whether it is gone now; empty if all is
     *     well
     */
    public List<String> settle() {
        return session.settle(this);
    }
}
