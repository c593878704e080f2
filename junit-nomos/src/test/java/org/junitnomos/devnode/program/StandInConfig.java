package org.junitnomos.devnode.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junitnomos.realnode.RealYaml;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads the configuration of a real node as strictly as one does: what it must have, and of which types, is what a
 * configuration has that a real node accepted.
 */
final class StandInConfig {
    /** Mappings whose keys are values. */
    private static final Set<String> FREE = Set.of("key_management.keys");

    private static final String GENESIS = "cryptarchia.service.starting_state.genesis_tx";

    private static final String METRICS = "tracing.metrics";

    /** What a real node accepted there, too (node contract 5.3). */
    private static final String PUSHED_METRICS =
            "!Otlp {endpoint: \"http://127.0.0.1:4399/v1/metrics\", host_identifier: validator-0}";

    private final List<String> unknown = new ArrayList<>();

    private StandInConfig() {}

    /** What is wrong, in the words of a real node. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String path, String reason, Node at) {
            super((path.isEmpty() ? "" : path + ": ")
                    + reason
                    + at.getStartMark()
                            .map(mark -> " at line " + (mark.getLine() + 1) + " column " + (mark.getColumn() + 1))
                            .orElse(""));
        }

        Wrong(String reason) {
            super(reason);
        }
    }

    /** Reads a configuration; with {@code strict} it may have no keys that are not known. */
    static JsonNode read(String text, boolean executor, boolean strict) throws Wrong {
        Node root = RealYaml.compose(text);
        Node accepted = RealYaml.compose(RealYaml.accepted(executor ? "executor-0.yaml" : "validator-0.yaml"));
        var config = new StandInConfig();
        config.compare("", root, accepted);
        if (strict && !config.unknown.isEmpty()) {
            throw new Wrong("Unrecognized fields in config: " + config.unknown);
        }
        return RealYaml.tree(root);
    }

    private void compare(String path, Node node, Node accepted) throws Wrong {
        Node other = path.equals(METRICS) ? RealYaml.compose(PUSHED_METRICS) : accepted;
        if (other.getTag().equals(node.getTag())) {
            compareAs(path, node, other);
        } else {
            compareAs(path, node, accepted);
        }
    }

    private void compareAs(String path, Node node, Node accepted) throws Wrong {
        String tag = accepted.getTag().getValue();
        if (tag.startsWith("!") && !node.getTag().getValue().startsWith("!")) {
            throw new Wrong(path, "invalid type: " + type(node) + ", expected a YAML tag starting with '!'", node);
        }
        if (tag.startsWith("!") && !node.getTag().equals(accepted.getTag())) {
            throw new Wrong(path, "unknown variant `" + node.getTag().getValue().substring(1) + "`", node);
        }
        if (path.equals(GENESIS)) {
            return; // the reader of transactions checks it
        }
        if (!type(node).equals(type(accepted))
                && !(type(node).equals("integer") && type(accepted).equals("float"))) {
            throw new Wrong(path, "invalid type: " + type(node) + ", expected " + type(accepted), node);
        }
        if (node instanceof MappingNode mapping && !FREE.contains(path)) {
            compareKeys(path, mapping, (MappingNode) accepted);
        } else if (node instanceof SequenceNode sequence) {
            compareElements(path, sequence, ((SequenceNode) accepted).getValue());
        }
    }

    private void compareElements(String path, SequenceNode node, List<Node> accepted) throws Wrong {
        boolean isTuple = accepted.stream().allMatch(each -> type(each).equals("integer")) && !accepted.isEmpty();
        if (isTuple && accepted.size() != node.getValue().size()) {
            throw new Wrong(
                    path,
                    "invalid length " + node.getValue().size() + ", expected a tuple of size " + accepted.size(),
                    node);
        }
        for (Node element : node.getValue()) {
            if (!accepted.isEmpty()) {
                compare(path, element, accepted.get(0));
            }
        }
    }

    private void compareKeys(String path, MappingNode node, MappingNode accepted) throws Wrong {
        Map<String, Node> values = values(node);
        Map<String, Node> known = values(accepted);
        for (var entry : known.entrySet()) {
            Node value = values.get(entry.getKey());
            if (value == null) {
                throw new Wrong(path, "missing field `" + entry.getKey() + "`", node);
            }
            compare(path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), value, entry.getValue());
        }
        values.keySet().stream()
                .filter(key -> !known.containsKey(key))
                .forEach(key -> unknown.add('"' + (path.isEmpty() ? key : path + "." + key) + '"'));
    }

    private static Map<String, Node> values(MappingNode node) {
        var values = new LinkedHashMap<String, Node>();
        node.getValue().forEach(pair -> values.put(((ScalarNode) pair.getKeyNode()).getValue(), pair.getValueNode()));
        return values;
    }

    private static String type(Node node) {
        if (node instanceof MappingNode) {
            return "map";
        }
        if (node instanceof SequenceNode) {
            return "sequence";
        }
        Tag tag = node.getTag();
        if (tag.equals(Tag.INT)) {
            return "integer";
        }
        if (tag.equals(Tag.FLOAT)) {
            return "float";
        }
        if (tag.equals(Tag.NULL)) {
            return "unit value";
        }
        return tag.equals(Tag.BOOL) ? "boolean" : "string";
    }
}
