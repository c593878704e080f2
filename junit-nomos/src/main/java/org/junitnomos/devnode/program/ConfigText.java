package org.junitnomos.devnode.program;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the text of a configuration: mappings, lists, texts, numbers, true, false and nothing.
 *
 * <p>It is YAML, and JSON is YAML too; but what a test writes is JSON, and a reader of YAML would take a fourth of the
 * time that a node takes to start. Whatever the reader of JSON refuses is YAML, or is told of as that.
 */
final class ConfigText {
    /** Far above a genesis of 100,000 wallets. */
    private static final int MAX_CHARACTERS = 256 * 1024 * 1024;

    /** No configuration comes near; Jackson's parser has a limit since 2.15 only. */
    private static final int DEEPEST_JSON = 1_000;

    private ConfigText() {}

    /**
     * Reads a whole text.
     *
     * @throws ConfigException if it is neither YAML nor JSON, or names a key twice
     */
    static @Nullable Object parse(String text) throws ConfigException {
        if (text.startsWith("{")) {
            JsonFactory json = new JsonFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            try (JsonParser parser = json.createParser(text)) {
                parser.nextToken();
                Object value = value(parser, 0);
                if (parser.nextToken() == null) {
                    return value;
                }
            } catch (JsonProcessingException noJson) {
                return yaml(text); // its complaint names the line, and knows more
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible); // the text is in memory
            }
        }
        return yaml(text);
    }

    /** Reads the value whose first token is the current one. */
    private static @Nullable Object value(JsonParser parser, int above) throws IOException {
        if (above > DEEPEST_JSON) {
            throw new JsonParseException(parser, "nested too deeply");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser, above + 1);
            case START_ARRAY -> list(parser, above + 1);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> null;
        };
    }

    private static Map<String, @Nullable Object> mapping(JsonParser parser, int above) throws IOException {
        Map<String, @Nullable Object> mapping = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            mapping.put(name, value(parser, above));
        }
        return mapping;
    }

    private static List<@Nullable Object> list(JsonParser parser, int above) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser, above));
        }
        return list;
    }

    private static @Nullable Object yaml(String text) throws ConfigException {
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setAllowNonScalarKeys(true) // told of with the section they are in
                .setCodePointLimit(MAX_CHARACTERS)
                .build();
        try {
            return new Load(settings).loadFromString(text);
        } catch (YamlEngineException problem) {
            throw new ConfigException("The configuration is no YAML: " + problem.getMessage());
        } catch (StackOverflowError tooDeep) {
            // The parser calls itself for each level and knows no limit.
            throw new ConfigException("The configuration is nested too deeply.");
        }
    }
}
