package org.junitnomos.realnode;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What three real nodes said of hostile and dependent transactions over time. Who proposes is chance, so what a node
 * says is compared by what it did: marked the block of another, or forgot the transaction when it proposed itself.
 */
public final class RecordedStatuses {
    private static final String MARKED = "InBlock";
    private static final String PENDING = "Pending";

    private final Map<String, Map<String, List<String>>> seen = new TreeMap<>();

    /** Read what was recorded. */
    public static RecordedStatuses read() throws IOException {
        RecordedStatuses recorded = new RecordedStatuses();
        for (JsonNode sample : RecordedAnswers.read("statuses.json").path("seen")) {
            sample.path("status")
                    .properties()
                    .forEach(node -> node.getValue()
                            .properties()
                            .forEach(status -> recorded.add(status.getKey(), node.getKey(), kind(status.getValue()))));
        }
        return recorded;
    }

    /** Take the next thing a node says of a transaction, by its name; what it just said is not added again. */
    public void add(String transaction, String node, String kind) {
        List<String> kinds = seen.computeIfAbsent(transaction, name -> new LinkedHashMap<>())
                .computeIfAbsent(node, name -> new ArrayList<>());
        if (kinds.isEmpty() || !kinds.get(kinds.size() - 1).equals(kind)) {
            kinds.add(kind);
        }
    }

    /** Return the word for a status: {@code Pending}, {@code Unknown} or {@code InBlock}. */
    public static String kind(JsonNode status) {
        return status.isTextual() ? status.textValue() : status.fieldNames().next();
    }

    /** List the transactions by name. */
    public Set<String> names() {
        return new LinkedHashSet<>(seen.keySet());
    }

    /** List the transactions that got into a block, as far as a node says so. */
    public List<String> mined() {
        return seen.entrySet().stream()
                .filter(each -> each.getValue().values().stream().anyMatch(kinds -> kinds.contains(MARKED)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Tell how others say what these nodes say in another way, given what got into a block there. */
    public List<String> differences(RecordedStatuses others, Collection<String> minedThere) {
        List<String> found = new ArrayList<>();
        for (String name : seen.keySet()) {
            if (!others.seen.containsKey(name)) {
                found.add(name + ": nobody was asked");
                continue;
            }
            boolean mined = mined().contains(name);
            if (mined != minedThere.contains(name)) {
                found.add(name + ": expected " + (mined ? "in a block" : "in no block"));
            }
            for (List<String> said : others.seen.get(name).values()) {
                if (ways(name).stream().noneMatch(way -> isThatWay(said, way))) {
                    found.add(name + ": expected one of " + ways(name) + " but was " + said);
                }
            }
        }
        return found;
    }

    private Set<List<String>> ways(String name) {
        return new LinkedHashSet<>(seen.get(name).values());
    }

    /** Whether it is the same; that it waited may have been seen in addition, or at first. */
    private static boolean isThatWay(List<String> said, List<String> way) {
        int at = 0;
        for (String kind : said) {
            if (at < way.size() && kind.equals(way.get(at))) {
                at++;
            } else if (!kind.equals(PENDING)) {
                return false;
            }
        }
        return at == way.size() && said.get(said.size() - 1).equals(way.get(way.size() - 1));
    }
}
