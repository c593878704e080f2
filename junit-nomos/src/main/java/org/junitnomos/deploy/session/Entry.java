package org.junitnomos.deploy.session;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * One thing outside of the test JVM in the ledger of its session: registered before it exists, completed once
 * it does, released when it is gone. Thread-safe.
 */
@API(status = INTERNAL, since = "0.1")
public final class Entry {
    /** Environment variable with the marker of a process; what it starts inherits it and is removed with it. */
    public static final String VARIABLE = "NOMOS_RESOURCE";

    /** Label with the marker of what an engine has: nothing without it is ever removed. */
    public static final String MARKER_LABEL = "org.junitnomos.marker";

    /** Label with the id of the session, for people and their filters. */
    public static final String SESSION_LABEL = "org.junitnomos.session";

    private final String session;
    private final Ledger ledger;
    private final int number;
    private final String marker;

    Entry(String session, Ledger ledger, int number, String marker) {
        this.session = session;
        this.ledger = ledger;
        this.number = number;
        this.marker = marker;
    }

    int number() {
        return number;
    }

    /**
     * {@return the text by which the thing is found if the test JVM died before {@link #created(long)}, up to 40
     * letters, digits and dashes, fit for a label; no other thing on this machine carries it}
     */
    public String marker() {
        return marker;
    }

    /**
     * Marks a process that is to be: puts the marker into its environment. Alternatively, an argument of its command
     * line is the marker, or ends with {@code =} and the marker.
     *
     * @param environment of the process builder
     */
    void markIn(Map<String, String> environment) {
        environment.put(VARIABLE, marker);
    }

    /**
     * Notes that the process runs; call it right after the start.
     *
     * @param pid its process id
     * @throws SessionException if that cannot be written down; stop the process then
     */
    void created(long pid) {
        ledger.created(number, ProcessIdentity.of(pid).orElseGet(() -> ProcessIdentity.gone(pid)));
    }

    /**
     * Starts a process that carries the marker, and notes that it runs. If that fails nothing is left: neither the
     * process nor the entry of one that never was.
     *
     * @param builder how it is started
     * @return the process
     * @throws IOException if it does not start
     * @throws SessionException if it cannot be written down
     */
    public Process start(ProcessBuilder builder) throws IOException {
        markIn(builder.environment());
        Process process;
        try {
            process = builder.start();
        } catch (IOException | RuntimeException e) {
            released();
            throw e;
        }
        try {
            created(process.pid());
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
        return process;
    }

    /** {@return the labels that a container, network or volume to be must all have} */
    public Map<String, String> labels() {
        var labels = new LinkedHashMap<String, String>();
        labels.put(MARKER_LABEL, marker);
        labels.put(SESSION_LABEL, session);
        return Collections.unmodifiableMap(labels);
    }

    /**
     * Notes that the container, network, volume or table exists; call it right after that was said.
     *
     * @throws SessionException if that cannot be written down; remove it then
     */
    public void created() {
        ledger.created(number);
    }

    /**
     * Kills what is left of a process that has ended, and waits until it is gone: a child that it started in its last
     * moment has no parent any more by which it could be found, but it carries the marker. Blocks for milliseconds.
     *
     * @return whether all is gone
     */
    public boolean killRest() throws InterruptedException {
        var entry = ledger.find(number);
        return entry.isEmpty()
                || new Removal(List.of(new ProcessRemover()), text -> {})
                        .removeOwn(List.of(entry.get()))
                        .left()
                        .isEmpty();
    }

    /** {@return the name that a table of the packet filter to be must have: by that alone it is found} */
    public String tableName() {
        return TableRemover.table(marker);
    }

    /** Forgets what is to outlast the session: nobody looks for it, or removes it, any more. Idempotent. */
    public void forget() {
        ledger.find(number).ifPresent(entry -> ledger.forget(List.of(entry)));
    }

    /** Notes that it is gone, with everything it started. Idempotent; call it only after it is really gone. */
    public void released() {
        ledger.released(number);
    }
}
