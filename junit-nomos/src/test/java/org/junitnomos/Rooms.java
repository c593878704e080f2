package org.junitnomos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The rooms of the house and who may use whom, as docs/architecture.md tells it.
 *
 * <p>A room may use what it names, what those name in turn (their signatures show it), and {@code time} and {@code
 * settings}. A package below a room belongs to it, unless it is a room of its own.
 */
final class Rooms {

    private static final String ROOT = "org.junitnomos.";

    private static final Map<String, List<String>> DOORS = new LinkedHashMap<>();

    static {
        DOORS.put("time", List.of());
        DOORS.put("settings", List.of());
        DOORS.put("topology", List.of());
        DOORS.put("defect", List.of("topology"));
        DOORS.put("mantle", List.of());
        DOORS.put("journal", List.of("topology", "mantle"));
        DOORS.put("client", List.of("topology", "mantle", "defect"));
        DOORS.put("devnode", List.of("mantle", "topology", "defect"));
        DOORS.put("feed", List.of("client", "journal"));
        DOORS.put("deploy", List.of("topology", "client"));
        DOORS.put("deploy.control", List.of("deploy"));
        DOORS.put("deploy.embedded", List.of("deploy.control", "devnode"));
        DOORS.put("deploy.external", List.of("deploy.control"));
        DOORS.put("deploy.real", List.of("deploy"));
        DOORS.put("deploy.relay", List.of("deploy.control"));
        DOORS.put("deploy.process", List.of("deploy.external", "deploy.real", "deploy.relay"));
        DOORS.put("deploy.container.offline", List.of("deploy.process"));
        DOORS.put("deploy.container", List.of("deploy.external", "deploy.real", "deploy.container.offline"));
        DOORS.put("metrics", List.of("client", "journal", "deploy"));
        DOORS.put("scenario", List.of("topology", "journal", "client", "feed", "deploy", "metrics"));
        DOORS.put("workload", List.of("scenario", "expectation"));
        DOORS.put("chaos", List.of("scenario", "deploy"));
        DOORS.put("expectation", List.of("scenario", "journal"));
        DOORS.put("assertions", List.of("scenario", "expectation"));
        DOORS.put("runner", List.of("scenario", "deploy", "feed", "journal"));
        DOORS.put("report", List.of("journal", "runner"));
        DOORS.put("jupiter", List.of("runner", "report", "workload", "chaos", "expectation"));
    }

    private Rooms() {}

    /** The room a package belongs to, by the longest name that fits; empty if it belongs to none. */
    static Optional<String> of(String packageName) {
        return DOORS.keySet().stream()
                .filter(room -> (packageName + ".").startsWith(ROOT + room + "."))
                .max((a, b) -> Integer.compare(a.length(), b.length()));
    }

    static boolean mayUse(String room, String targetPackage) {
        return of(targetPackage).filter(usableFrom(room)::contains).isPresent();
    }

    /** The room itself, {@code time}, {@code settings}, and everything behind its doors. */
    static SortedSet<String> usableFrom(String room) {
        var usable = new TreeSet<String>();
        usable.add("time");
        usable.add("settings");
        addWithDoors(room, usable);
        return usable;
    }

    private static void addWithDoors(String room, SortedSet<String> usable) {
        if (usable.add(room)) {
            DOORS.get(room).forEach(next -> addWithDoors(next, usable));
        }
    }
}
