package org.junitnomos.devnode;

/** Writes the node's log. */
final class NodeLog {
    private final Outbox outbox;
    private long badMessages;

    NodeLog(Outbox outbox) {
        this.outbox = outbox;
    }

    void info(String text) {
        outbox.log("INFO", text);
    }

    void warn(String text) {
        outbox.log("WARN", text);
    }

    void error(String text) {
        outbox.log("ERROR", text);
    }

    void error(String text, RuntimeException failure) {
        error(text + ": " + failure);
    }

    void debug(String text) {
        outbox.log("DEBUG", text);
    }

    /** Counts a message no right node sends; only the first ones are written. */
    void badMessage(String peer, String problem) {
        badMessages++;
        if (badMessages <= 100) {
            warn("Dropped message " + badMessages + " of bad ones, from " + peer + ": " + problem + ".");
        }
    }
}
