package org.junitnomos.expectation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.scenario.RunContext;

/** Finds the log files of the nodes, also of those that are no longer part of the cluster. */
final class NodeLogs {
    private NodeLogs() {}

    /** Existing log files by the names of the nodes. */
    static Map<String, Path> of(RunContext run) {
        var logs = new TreeMap<String, Path>();
        Path directory = null;
        for (NodeHandle node : run.cluster().nodes()) {
            var log = node.log();
            if (log.isPresent()) {
                directory = log.get().toAbsolutePath().getParent();
                logs.put(node.name(), log.get());
            }
        }
        if (directory != null) {
            for (var name : recorded(run)) {
                logs.putIfAbsent(name, directory.resolve(name + ".log"));
            }
        }
        logs.values().removeIf(log -> !Files.isReadable(log));
        return logs;
    }

    /** All nodes that the journal tells of by now. */
    private static List<String> recorded(RunContext run) {
        var views = run.views();
        views.read();
        return views.nodes().nodes();
    }

    /** Nodes of the cluster, and those that were, of which there is no log that can be read. */
    static List<String> missing(RunContext run, Set<String> found) {
        var names = new TreeSet<String>();
        run.cluster().nodes().forEach(node -> names.add(node.name()));
        names.addAll(recorded(run));
        names.removeAll(found);
        return new ArrayList<>(names);
    }
}
