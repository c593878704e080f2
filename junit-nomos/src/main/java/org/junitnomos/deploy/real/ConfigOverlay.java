package org.junitnomos.deploy.real;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.real.TaggedYaml.Tagged;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * What a user lays over the configurations of nodes: first what is for {@code all}, then for {@code validators} or
 * {@code executors}, then for the name of a node. Mappings are merged, everything else is replaced.
 */
final class ConfigOverlay {
    private static final String ALL = "all";
    private static final String EXPECTED = "expected mappings for 'all', 'validators', 'executors' or names of nodes,"
            + " such as 'validator-0', each with keys of the nodes' configuration";

    private final String source;
    private final Map<String, Map<String, @Nullable Object>> parts;

    private ConfigOverlay(String source, Map<String, Map<String, @Nullable Object>> parts) {
        this.source = source;
        this.parts = parts;
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read, or is no overlay; its message names the file, and says where
     */
    static ConfigOverlay read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read (" + e + ")", e);
        }
        return parse(file.toString(), text);
    }

    /**
     * Reads a text.
     *
     * @param source what it is called in messages
     * @throws IOException if it is no overlay; its message names the source, and says where
     */
    static ConfigOverlay parse(String source, String text) throws IOException {
        try {
            var settings = LoadSettings.builder().build();
            var root =
                    new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text))).getSingleNode();
            var parts = new LinkedHashMap<String, Map<String, @Nullable Object>>();
            if (root.isPresent()) {
                mapping(source, root.get()).forEach((selector, part) -> parts.put(selector, values(source, part)));
            }
            return new ConfigOverlay(source, parts);
        } catch (YamlEngineException e) {
            throw new IOException(source + " is no YAML: " + e.getMessage(), e);
        } catch (WrongShapeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** A node of the text is not what it has to be. */
    private static final class WrongShapeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongShapeException(String source, Node node) {
            super(source + " has no overlay"
                    + node.getStartMark()
                            .map(mark -> " at line " + (mark.getLine() + 1))
                            .orElse("") + ": " + EXPECTED);
        }
    }

    private static Map<String, Node> mapping(String source, Node node) {
        if (!(node instanceof MappingNode mapping)) {
            throw new WrongShapeException(source, node);
        }
        var values = new LinkedHashMap<String, Node>();
        for (var pair : mapping.getValue()) {
            values.put(((ScalarNode) pair.getKeyNode()).getValue(), pair.getValueNode()); // others are refused before
        }
        return values;
    }

    private static Map<String, @Nullable Object> values(String source, Node node) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        mapping(source, node).forEach((key, each) -> map.put(key, value(source, each)));
        return map;
    }

    private static @Nullable Object value(String source, Node node) {
        String tag = node.getTag().getValue();
        Object content = content(source, node);
        return tag.startsWith("!") && content != null ? new Tagged(tag.substring(1), content) : content;
    }

    private static @Nullable Object content(String source, Node node) {
        if (node instanceof SequenceNode sequence) {
            var list = new ArrayList<@Nullable Object>();
            sequence.getValue().forEach(element -> list.add(value(source, element)));
            return list;
        }
        if (node instanceof MappingNode) {
            return values(source, node);
        }
        String text = ((ScalarNode) node).getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL)) {
            return Boolean.valueOf(text);
        }
        if (tag.equals(Tag.INT)) {
            return new BigInteger(text);
        }
        return tag.equals(Tag.FLOAT) ? new BigDecimal(text).doubleValue() : text;
    }

    /** Says which parts are for no node of a topology; one text each. */
    List<String> objections(TopologySpec topology) {
        var names = new ArrayList<>(List.of(ALL, plural(NodeRole.VALIDATOR), plural(NodeRole.EXECUTOR)));
        topology.nodes().forEach(node -> names.add(node.name()));
        return parts.keySet().stream()
                .filter(selector -> !names.contains(selector))
                .map(selector -> "The overlay of configurations in " + source + " has a part for \"" + selector
                        + "\", expected one of " + names + ". Correct the name, or leave the part out.")
                .toList();
    }

    /** Lays over the configuration of a node what is for it. */
    void apply(NodeSpec node, Map<String, @Nullable Object> configuration) {
        for (String selector : List.of(ALL, plural(node.role()), node.name())) {
            var part = parts.get(selector);
            if (part != null) {
                merge(configuration, part);
            }
        }
    }

    private static String plural(NodeRole role) {
        return role.label() + "s";
    }

    private static void merge(Map<String, @Nullable Object> under, Map<?, ?> over) {
        over.forEach((key, value) -> {
            Object known = under.get(String.valueOf(key));
            if (known instanceof Map<?, ?> lower && value instanceof Map<?, ?> upper) {
                var merged = new LinkedHashMap<String, @Nullable Object>();
                lower.forEach((name, each) -> merged.put(String.valueOf(name), each));
                merge(merged, upper);
                under.put(String.valueOf(key), merged);
            } else {
                under.put(String.valueOf(key), value);
            }
        });
    }
}
