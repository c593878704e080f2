package org.junitnomos.deploy.real;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/**
 * Writes YAML as the nodes read it: values of enumerations are tags (node contract 5.4), and every text is quoted, so
 * that no parser takes the digits of a key for a number.
 */
final class TaggedYaml {
    private static final int ONE_LINE = Integer.MAX_VALUE;

    private TaggedYaml() {}

    /**
     * A value of an enumeration that has content.
     *
     * @param name the value, for example {@code "Genesis"}
     * @param content what it holds
     */
    record Tagged(String name, Object content) {}

    /** Writes a mapping of texts, numbers, truth values, nulls, lists, mappings and {@link Tagged}. */
    static String write(Map<String, @Nullable Object> root) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(ONE_LINE)
                .setSplitLines(false)
                .build();
        return new Dump(settings, new Representer(settings)).dumpToString(root);
    }

    /** {@return a mapping in the order of its pairs} */
    static Map<String, @Nullable Object> map(@Nullable Object... pairs) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }

    private static final class Representer extends StandardRepresenter {
        Representer(DumpSettings settings) {
            super(settings);
            representers.put(Tagged.class, this::tagged);
            representers.put(
                    String.class, text -> representScalar(Tag.STR, String.valueOf(text), ScalarStyle.DOUBLE_QUOTED));
        }

        private Node tagged(Object value) {
            Tagged tagged = (Tagged) value;
            Node content = representData(tagged.content());
            content.setTag(new Tag("!" + tagged.name()));
            return content;
        }
    }
}
