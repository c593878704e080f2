package org.junitnomos.realnode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares the shape of two JSON texts: names of fields, types, forms of ids and lengths of arrays of numbers. Texts
 * that are no ids, truth values and null are compared as they are.
 */
final class JsonShape {
    private static final String HEX = "[0-9a-f]{64}";
    private static final String PEER = "12D3Koo\\w+";
    private static final String ADDRESS = "/(ip4|dns4)/.+/udp/\\d+/quic-v1";

    private final List<String> missing;

    private JsonShape(List<String> missing) {
        this.missing = missing;
    }

    /** List the differences, but for fields whose paths are given. */
    static List<String> differences(JsonNode recorded, JsonNode given, List<String> missing) {
        List<String> found = new ArrayList<>();
        new JsonShape(missing).compare("", recorded, given, found);
        return found;
    }

    private void compare(String path, JsonNode recorded, JsonNode given, List<String> found) {
        if (recorded.getNodeType() != given.getNodeType()) {
            found.add(path + " should be " + recorded.getNodeType() + " but is " + given);
        } else if (recorded.isObject()) {
            compareObjects(path, recorded, given, found);
        } else if (recorded.isArray()) {
            compareArrays(path, recorded, given, found);
        } else if (recorded.isTextual()) {
            String form = form(recorded.textValue());
            if (!form.equals(form(given.textValue()))) {
                found.add(path + " should be like " + recorded + " but is " + given);
            }
        } else if (recorded.isNumber()
                ? recorded.isIntegralNumber() != given.isIntegralNumber()
                : !recorded.equals(given)) {
            found.add(path + " should be " + recorded + " but is " + given);
        }
    }

    private static String form(String text) {
        for (String form : List.of(HEX, PEER, ADDRESS)) {
            if (text.matches(form)) {
                return form;
            }
        }
        return text;
    }

    private void compareObjects(String path, JsonNode recorded, JsonNode given, List<String> found) {
        Set<String> names = names(recorded);
        names.removeIf(name -> missing.contains(path + "." + name));
        Set<String> forms = new TreeSet<>();
        names.forEach(name -> forms.add(form(name)));
        Set<String> givenForms = new TreeSet<>();
        names(given).forEach(name -> givenForms.add(form(name)));
        if (!forms.equals(givenForms)) {
            found.add(path + " should have the fields " + names + " but has " + names(given));
            return;
        }
        for (String name : names(given)) {
            String like = recorded.has(name) ? name : names.iterator().next();
            compare(path + "." + name, recorded.get(like), given.get(name), found);
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** An element must be like one of those that were recorded; numbers must be as many. */
    private void compareArrays(String path, JsonNode recorded, JsonNode given, List<String> found) {
        boolean numbers = recorded.path(0).isNumber();
        if (recorded.isEmpty() != given.isEmpty() || (numbers && recorded.size() != given.size())) {
            found.add(path + " should have " + recorded.size() + " elements but has " + given.size());
            return;
        }
        for (int i = 0; i < given.size(); i++) {
            List<String> least = null;
            for (JsonNode like : recorded) {
                List<String> differences = new ArrayList<>();
                compare(path + "[" + i + "]", like, given.get(i), differences);
                least = least == null || differences.size() < least.size() ? differences : least;
            }
            found.addAll(least == null ? List.of() : least);
        }
    }
}
