package org.junitnomos.deploy.session;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.engine.EngineAddress;
import org.junitnomos.deploy.session.EngineReach.EngineLostException;

/**
 * Removes containers, networks or volumes from their engines: those whose label {@value Entry#MARKER_LABEL} is the
 * marker of the entry, character by character. It asks by HTTP over the engine's own socket, because it must work where
 * there is no library.
 */
final class EngineRemover implements Remover {
    private static final String AT = " at ";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final ResourceKind kind;
    private final EngineReach engines;

    EngineRemover(ResourceKind kind, EngineReach engines) {
        this.kind = kind;
        this.engines = engines;
    }

    /** Writes the name of an entry. */
    static String name(String name, EngineAddress engine) {
        return name + AT + engine;
    }

    /** Reads where it is from the name of an entry. */
    static String engine(LedgerEntry entry) {
        return entry.name().substring(entry.name().lastIndexOf(AT) + AT.length());
    }

    static boolean isOfEngine(LedgerEntry entry) {
        return ResourceKind.of(entry.kind()).filter(ResourceKind::isOfEngine).isPresent();
    }

    @Override
    public ResourceKind kind() {
        return kind;
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(8);
    }

    @Override
    public Duration grace() {
        return Duration.ofSeconds(kind == ResourceKind.CONTAINER ? 4 : 2);
    }

    @Override
    public boolean canRetry(LedgerEntry entry) {
        return !engines.isLost(engine(entry));
    }

    @Override
    public List<LedgerEntry> present(List<LedgerEntry> entries) throws IOException {
        var present = new ArrayList<LedgerEntry>();
        for (var engine : engines(entries)) {
            var those = entries.stream()
                    .filter(entry -> engine(entry).equals(engine))
                    .toList();
            try {
                var found = find(engine);
                those.stream()
                        .filter(entry -> found.containsKey(entry.marker()))
                        .forEach(present::add);
            } catch (EngineLostException e) {
                // whoever made it must be believed then: there is nobody else to ask
                those.stream().filter(entry -> !entry.released()).forEach(present::add);
            }
        }
        return present;
    }

    @Override
    public void remove(List<LedgerEntry> entries) throws IOException {
        var problems = new TreeSet<String>();
        for (var engine : engines(entries)) {
            try {
                var found = find(engine);
                var ids = new ArrayList<String>();
                for (var entry : entries) {
                    if (engine(entry).equals(engine)) {
                        ids.addAll(found.getOrDefault(entry.marker(), List.of()));
                    }
                }
                problems.addAll(new Deletions(id -> delete(engine, id)).run(ids));
            } catch (IOException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new IOException(String.join("; ", problems));
        }
    }

    private static TreeSet<String> engines(List<LedgerEntry> entries) {
        var engines = new TreeSet<String>();
        entries.forEach(entry -> engines.add(engine(entry)));
        return engines;
    }

    /** Lists what the engine has of this kind with any marker: ids by marker. */
    private Map<String, List<String>> find(String engine) throws IOException {
        String filters = "filters=" + escape("{\"label\":[\"" + Entry.MARKER_LABEL + "\"]}");
        var answer = engines.send(
                engine,
                "GET",
                switch (kind) {
                    case CONTAINER -> "/containers/json?all=true&" + filters;
                    case NETWORK -> "/networks?" + filters;
                    default -> "/volumes?" + filters;
                });
        if (!answer.isSuccess()) {
            throw new IOException("the engine at " + engine + " lists no " + kind.label() + ", " + answer.problem());
        }
        var json = answer.json();
        var list = kind == ResourceKind.VOLUME && json instanceof Map<?, ?> fields ? fields.get("Volumes") : json;
        var found = new TreeMap<String, List<String>>();
        if (list instanceof List<?> things) {
            things.forEach(thing -> note(thing, found));
        } else if (list != null) {
            throw new IOException("the engine at " + engine + " lists no " + kind.label() + ", but: " + answer.body());
        }
        return found;
    }

    private void note(@Nullable Object thing, Map<String, List<String>> found) {
        if (thing instanceof Map<?, ?> fields
                && fields.get("Labels") instanceof Map<?, ?> labels
                && labels.get(Entry.MARKER_LABEL) instanceof String marker
                && fields.get(kind == ResourceKind.VOLUME ? "Name" : "Id") instanceof String id) {
            found.computeIfAbsent(marker, key -> new ArrayList<>()).add(id);
        }
    }

    private void delete(String engine, String id) throws IOException {
        String path = "/" + kind.label() + "s/" + escape(id);
        if (kind == ResourceKind.NETWORK) {
            takeOthersOff(engine, path);
        }
        var answer =
                engines.send(engine, "DELETE", kind == ResourceKind.CONTAINER ? path + "?force=true&v=true" : path);
        boolean gone = answer.isSuccess() || answer.status() == NOT_FOUND;
        boolean underWay = kind == ResourceKind.CONTAINER && answer.status() == CONFLICT;
        if (!gone && !underWay) {
            throw new IOException("the engine at " + engine + " does not remove " + kind.label() + " " + id + ", "
                    + answer.problem());
        }
    }

    /** Containers of users may still be on the network of a test JVM that was killed; they are not ours to stop. */
    private void takeOthersOff(String engine, String network) throws IOException {
        var answer = engines.send(engine, "GET", network);
        if (answer.isSuccess()
                && answer.json() instanceof Map<?, ?> fields
                && fields.get("Containers") instanceof Map<?, ?> containers) {
            for (var container : containers.keySet()) {
                engines.send(
                        engine,
                        "POST",
                        network + "/disconnect",
                        "{\"Container\":\"" + container + "\",\"Force\":true}");
            }
        }
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
