package org.junitnomos.realnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads configurations of real nodes: YAML whose values of enumerations are tags. */
public final class RealYaml {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_CHARACTERS = 64 * 1024 * 1024;

    private RealYaml() {}

    /** Reads a configuration that a real node accepted. */
    public static String accepted(String file) {
        try (var in = RealYaml.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parses a text into nodes with their places. */
    public static Node compose(String text) {
        var settings = LoadSettings.builder().setCodePointLimit(MAX_CHARACTERS).build();
        return new Compose(settings).composeString(text).orElseThrow();
    }

    /** Reads a text; a tagged value is an object with the tag as its only key, as in JSON. */
    public static JsonNode read(String text) {
        return tree(compose(text));
    }

    /** Converts a node; see {@link #read}. */
    public static JsonNode tree(Node node) {
        String tag = node.getTag().getValue();
        JsonNode content = content(node);
        if (!tag.startsWith("!")) {
            return content;
        }
        return JsonNodeFactory.instance.objectNode().set(tag.substring(1), content);
    }

    private static JsonNode content(Node node) {
        if (node instanceof MappingNode mapping) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            mapping.getValue()
                    .forEach(
                            pair -> object.set(((ScalarNode) pair.getKeyNode()).getValue(), tree(pair.getValueNode())));
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            sequence.getValue().forEach(element -> array.add(tree(element)));
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private static JsonNode scalar(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        boolean isText = tag.equals(Tag.STR) || tag.getValue().startsWith("!");
        try {
            return isText ? JsonNodeFactory.instance.textNode(scalar.getValue()) : JSON.readTree(scalar.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
