package org.junitnomos.devnode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import org.apiguardian.api.API;

/**
 * Reads and writes trees of JSON. Not with a mapper, nor with {@link JsonNode#toString()}, which makes one: a node
 * would take a tenth longer to start.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class JsonTrees {
    /** That of Jackson's parser, which has one since 2.15 only. */
    private static final int DEEPEST = 1_000;

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTrees() {}

    /**
     * Reads a whole text; a missing node if it is empty.
     *
     * @throws IOException if it is no JSON, is nested deeper than {@value #DEEPEST} levels, or goes on after its value
     */
    public static JsonNode read(byte[] json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() == null) {
                return MissingNode.getInstance();
            }
            JsonNode tree = value(parser, 0);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "trailing characters");
            }
            return tree;
        }
    }

    /** Writes a tree. */
    public static byte[] write(JsonNode tree) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            write(tree, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // nothing is written to but memory
        }
        return bytes.toByteArray();
    }

    /** Reads the value whose first token is the current one. */
    private static JsonNode value(JsonParser parser, int above) throws IOException {
        if (above > DEEPEST) {
            throw new JsonParseException(parser, "nested deeper than " + DEEPEST + " levels");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, above + 1);
            case START_ARRAY -> array(parser, above + 1);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT -> NODES.numberNode(parser.getIntValue());
                    case LONG -> NODES.numberNode(parser.getLongValue());
                    default -> NODES.numberNode(new BigInteger(parser.getText()));
                };
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            default -> throw new JsonParseException(parser, "unexpected " + parser.currentToken());
        };
    }

    private static ObjectNode object(JsonParser parser, int above) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.set(name, value(parser, above));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser, int above) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, above));
        }
        return array;
    }

    private static void write(JsonNode value, JsonGenerator out) throws IOException {
        if (value instanceof ObjectNode object) {
            out.writeStartObject();
            for (var names = object.fieldNames(); names.hasNext(); ) { // Jackson before 2.15 has no properties()
                String name = names.next();
                out.writeFieldName(name);
                write(object.get(name), out);
            }
            out.writeEndObject();
        } else if (value instanceof ArrayNode array) {
            out.writeStartArray();
            for (JsonNode element : array) {
                write(element, out);
            }
            out.writeEndArray();
        } else {
            switch (value.getNodeType()) {
                case STRING -> out.writeString(value.textValue());
                case BOOLEAN -> out.writeBoolean(value.booleanValue());
                case NULL -> out.writeNull();
                case NUMBER -> number(value, out);
                default -> throw new IllegalArgumentException("no JSON: " + value.getNodeType());
            }
        }
    }

    private static void number(JsonNode value, JsonGenerator out) throws IOException {
        if (value.canConvertToLong() && value.isIntegralNumber()) {
            out.writeNumber(value.longValue());
        } else if (value.isIntegralNumber()) {
            out.writeNumber(value.bigIntegerValue());
        } else {
            out.writeNumber(value.doubleValue());
        }
    }
}
