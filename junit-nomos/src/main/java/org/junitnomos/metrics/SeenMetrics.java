package org.junitnomos.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junitnomos.client.RouteTally;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeUsage;

/** Turns what is seen of a node from outside into metrics: what our client counts, and what its machine says. */
final class SeenMetrics {
    private static final String CLIENT = "nomos_client_";
    private static final String PROCESS = "nomos_process_";

    static final String REQUESTS = CLIENT + "requests";
    static final String ERRORS = CLIENT + "errors";
    static final String SECONDS = CLIENT + "seconds";

    /** What a process is usually told as, and what it is here. */
    private static final Map<String, String> OWN = new TreeMap<>();

    static {
        OWN.put("process_cpu_seconds_total", PROCESS + "cpu_seconds");
        OWN.put("process_resident_memory_bytes", PROCESS + "resident_memory_bytes");
        OWN.put("process_open_fds", PROCESS + "open_fds");
        OWN.put("process_threads", PROCESS + "threads");
    }

    private static final int NANOS = 9;
    private static final int MICROS = 6;

    private SeenMetrics() {}

    /** Says whether a metric is one of these, which do not depend on what the node tells. */
    static boolean has(String metric) {
        return metric.startsWith(CLIENT) || metric.startsWith(PROCESS) || metric.startsWith("nomos_test_jvm_");
    }

    static SortedMap<String, String> of(NodeHandle node) {
        var values = new TreeMap<String, String>();
        addClient(node.client().takeTallies(), values);
        node.usage().ifPresent(usage -> addProcess(usage, values));
        return values;
    }

    private static void addProcess(NodeUsage usage, SortedMap<String, String> values) {
        values.put(PROCESS + "cpu_seconds", seconds(usage.processor().toNanos()));
        addKnown(PROCESS + "resident_memory_bytes", usage.memory(), values);
        addKnown(PROCESS + "open_fds", usage.files(), values);
        addKnown(PROCESS + "threads", usage.threads(), values);
        addKnown(PROCESS + "disk_bytes", usage.disk(), values);
    }

    private static void addKnown(String name, long value, SortedMap<String, String> values) {
        if (value >= 0) {
            values.put(name, Long.toString(value));
        }
    }

    /** Takes what a node tells of its own process where nobody else can say it, as of a pod. */
    static void addOwn(SortedMap<String, String> told, SortedMap<String, String> values) {
        OWN.forEach((own, name) -> {
            var value = told.get(own);
            if (value != null) {
                values.putIfAbsent(name, value);
            }
        });
    }

    private static void addClient(List<RouteTally> tallies, SortedMap<String, String> values) {
        for (var tally : tallies) {
            values.put(named(REQUESTS, tally.route()), Long.toString(tally.requests()));
            values.put(named(ERRORS, tally.route()), Long.toString(tally.errors()));
            values.put(named(SECONDS, tally.route()), seconds(tally.nanos()));
            values.put(named(CLIENT + "slowest_seconds", tally.route()), seconds(tally.slowest()));
            for (int i = 0; i < tally.slower().size(); i++) {
                long slower = tally.slower().get(i);
                if (slower > 0) { // most are 0 for ever
                    var limit = SlowRequests.LIMITS.get(i);
                    values.put(SlowRequests.metric(tally.route(), limit).toString(), Long.toString(slower));
                }
            }
        }
    }

    static String named(String name, String route) {
        boolean plain = route.indexOf('"') < 0 && route.indexOf('\\') < 0 && route.indexOf('\n') < 0;
        return plain ? name + "{route=\"" + route + "\"}" : metric(name, route).toString();
    }

    static Metric metric(String name, String route) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("route", route);
        return new Metric(name, labels);
    }

    static String seconds(long nanos) {
        if (nanos == 0) { // as in virtual time
            return "0";
        }
        var seconds = BigDecimal.valueOf(nanos, NANOS).setScale(MICROS, RoundingMode.HALF_UP);
        return seconds.stripTrailingZeros().toPlainString();
    }
}
