package org.junitnomos.topology;

import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * A rule of nodes of December 2025 that ends a chain for good. Dev nodes obey all of them; a test that wants kinder
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
    SILENT_EPOCHS("silent-epochs", "epoch state is not available");

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

    /** Finds a rule by its label; empty if there is none. */
    public static Optional<NodeRule> of(String label) {
        return Stream.of(values()).filter(rule -> rule.label.equals(label)).findFirst();
    }
}
