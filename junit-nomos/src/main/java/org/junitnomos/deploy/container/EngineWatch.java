package org.junitnomos.deploy.container;

import java.io.IOException;
import java.time.Duration;
import org.junitnomos.deploy.engine.EngineAddress;
import org.junitnomos.deploy.engine.EngineHttp;
import org.junitnomos.deploy.engine.EngineUnreachableException;
import org.junitnomos.deploy.engine.EngineUnreachableException.Reason;
import org.junitnomos.time.Patience;
import org.junitnomos.time.Threads;

/**
 * Sees whether an engine goes on answering, because docker-java would wait for an answer for ever. An engine that hangs
 * up or refuses needs no watch: whoever asks it hears of that at once.
 */
final class EngineWatch implements AutoCloseable {
    /** How long an engine may be mute; a busy one was seen to take seconds. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** One answer may be missed by this JVM rather than by the engine: the machine may have slept. */
    private static final int QUESTIONS = 2;

    private final EngineHttp http;
    private final Duration limit;
    private final Runnable mute;
    private final Thread thread;
    private volatile boolean over;

    private EngineWatch(EngineAddress address, Duration limit, Runnable mute) {
        this.http = new EngineHttp(address);
        this.limit = limit;
        this.mute = mute;
        this.thread = Threads.daemon("engine-watch", this::watch);
    }

    /**
     * Begins to watch.
     *
     * @param address of an engine that the JDK can ask
     * @param mute run once, on a thread of its own, when the engine did not answer for that long
     */
    static EngineWatch begin(EngineAddress address, Duration limit, Runnable mute) {
        var watch = new EngineWatch(address, limit, mute);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            int unanswered = 0;
            while (unanswered < QUESTIONS) {
                if (Patience.until(() -> over, unanswered == 0 ? PERIOD : Duration.ZERO, PERIOD)) {
                    return;
                }
                unanswered = answers() ? 0 : unanswered + 1;
            }
        } catch (InterruptedException e) {
            return; // closed
        }
        mute.run();
    }

    private boolean answers() {
        try {
            http.send("GET", "/_ping", limit.dividedBy(QUESTIONS));
            return true;
        } catch (EngineUnreachableException e) {
            return e.reason() != Reason.SILENT;
        } catch (IOException e) {
            return true; // it says something
        }
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
    }
}
