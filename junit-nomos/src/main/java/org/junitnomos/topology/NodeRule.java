package org.junitnomos.topology;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * A rule of nodes of December 2025 that can end a chain for good. Dev nodes obey all of them; a test that wants kinder
 * nodes switches one off by name, which its verdict then says. Real nodes cannot be kinder.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum NodeRule {
    /**
     * No block is made while the valid pending transactions have more bytes than a block has room for: 65,036 (node
     * contract 2.5, 3.5). A kinder node takes the oldest that fit.
     */
    BLOCK_SIZE("block-size", "Failed to convert block to storage format"),

    /**
     * Nobody proposes a block two epochs after that of the tip (node contract 3.2). A kinder node goes on with the
     * notes and the nonce of the tip.
     */
    SILENT_EPOCHS("silent-epochs", "epoch state is not available"),

    /**
     * A node that is started again begins at genesis, and learns of the chain with a proposal (node contract 3.5, 5.2):
     * if all nodes are restarted, their chain is gone. A kinder node goes on from its store, and fetches what its peers
     * have.
     */
    RESTART("restart", "the chain began anew from genesis");

    /** Name of the set of all rules that dev nodes follow: those of the revision of that month. */
    public static final String SET = "2025-12";

    private static final Pattern SLOT = Pattern.compile("\\bslot (\\d{1,18})\\b");

    private final String label;
    private final String logText;

    NodeRule(String label, String logText) {
        this.label = label;
        this.logText = logText;
    }

    /** Returns the name in configurations and texts: {@code block-size}. */
    public String label() {
        return label;
    }

    /** Returns what a node writes into its log, within one line, when it met the rule. */
    public String logText() {
        return logText;
    }

    /**
     * Reads from a line of a log in which slot a node proposed nothing for want of an epoch state; empty if the line
     * says no such thing.
     */
    public static OptionalLong silentSlot(String logLine) {
        var slot = SLOT.matcher(logLine);
        return logLine.contains(SILENT_EPOCHS.logText) && slot.find()
                ? OptionalLong.of(Long.parseLong(slot.group(1)))
                : OptionalLong.empty();
    }

    /** Finds a rule by its label; empty if there is none. */
    public static Optional<NodeRule> of(String label) {
        return Stream.of(values()).filter(rule -> rule.label.equals(label)).findFirst();
    }
}
