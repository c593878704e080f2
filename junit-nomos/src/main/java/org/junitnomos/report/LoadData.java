package org.junitnomos.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlobIncluded;
import org.junitnomos.journal.JournalEvent.BlobOrphaned;
import org.junitnomos.journal.JournalEvent.BlobRefused;
import org.junitnomos.journal.JournalEvent.BlobRetrieved;
import org.junitnomos.journal.JournalEvent.TransactionOrphaned;
import org.junitnomos.journal.JournalEvent.TransactionRejected;
import org.junitnomos.journal.TransactionLedger;
import org.junitnomos.journal.TransactionLedger.Fate;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.HeaderId;

/** What was submitted, and what became of it: over time, as latencies, and one by one. */
final class LoadData {
    private static final int MOST_TRANSACTIONS = 8_000;
    private static final int MOST_BLOBS = 3_000;
    private static final int MOST_REFUSALS = 40;
    private static final int REFUSAL_LENGTH = 400;
    private static final int BUCKETS = 240;
    private static final int QUANTILES = 100;

    private final List<JournalEvent> events;
    private final long end;

    /**
     * Reads a journal.
     *
     * @param end when the last event happened, in nanoseconds
     */
    LoadData(List<JournalEvent> events, long end) {
        this.events = events;
        this.end = Math.max(1, end);
    }

    Map<String, @Nullable Object> transactions(ChainData chain, List<String> nodes, Thinning thinning) {
        var fates = TransactionLedger.of(events).fates();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("total", fates.size());
        json.put("curves", curves(fates));
        json.put("latency", latencies(fates));
        json.put("refusals", refusals());
        json.put("rows", rows(fates, chain, nodes, thinning));
        return json;
    }

    private Map<String, Object> curves(List<Fate> fates) {
        var orphanedAt = times(events.stream()
                .filter(TransactionOrphaned.class::isInstance)
                .map(JournalEvent::at)
                .toList());
        var curves = new LinkedHashMap<String, Object>();
        curves.put("step", (double) end / BUCKETS / 1_000_000);
        curves.put(
                "submitted",
                cumulative(times(fates.stream().map(Fate::submittedAt).toList())));
        curves.put(
                "accepted",
                cumulative(times(fates.stream().map(Fate::acceptedAt).toList())));
        curves.put(
                "included",
                cumulative(times(fates.stream().map(Fate::includedAt).toList())));
        curves.put("final", cumulative(times(fates.stream().map(Fate::finalAt).toList())));
        curves.put("orphaned", cumulative(orphanedAt));
        return curves;
    }

    private static long[] times(List<Long> all) {
        return all.stream().mapToLong(Long::longValue).filter(at -> at >= 0).toArray();
    }

    /** How many of the times lie before the end of each part of the run. */
    private int[] cumulative(long[] times) {
        var counts = new int[BUCKETS + 1];
        for (long at : times) {
            long bucket = (long) Math.ceil((double) at * BUCKETS / end);
            counts[(int) Math.min(BUCKETS, bucket)]++;
        }
        for (int i = 1; i <= BUCKETS; i++) {
            counts[i] += counts[i - 1];
        }
        return counts;
    }

    private static Map<String, Object> latencies(List<Fate> fates) {
        var latencies = new LinkedHashMap<String, Object>();
        latencies.put(
                "from acceptance to inclusion",
                quantiles(fates.stream()
                        .map(each -> span(each.acceptedAt(), each.includedAt()))
                        .toList()));
        latencies.put(
                "from acceptance to finality",
                quantiles(fates.stream()
                        .map(each -> span(each.acceptedAt(), each.finalAt()))
                        .toList()));
        return latencies;
    }

    private static long span(long from, long to) {
        return from < 0 || to < 0 ? -1 : Math.max(0, to - from);
    }

    /** The number of spans, and their quantiles from the least to the largest in milliseconds. */
    private static Map<String, Object> quantiles(List<Long> spans) {
        var sorted = spans.stream()
                .mapToLong(Long::longValue)
                .filter(span -> span >= 0)
                .sorted()
                .toArray();
        var quantiles = new LinkedHashMap<String, Object>();
        quantiles.put("count", sorted.length);
        if (sorted.length > 0) {
            var values = new long[QUANTILES + 1];
            for (int i = 0; i <= QUANTILES; i++) {
                int rank = (int) Math.ceil((double) i * sorted.length / QUANTILES);
                values[i] = PageTexts.millis(sorted[Math.max(0, rank - 1)]);
            }
            quantiles.put("ms", values);
        }
        return quantiles;
    }

    private List<Object> refusals() {
        var counts = new TreeMap<String, Integer>();
        for (var event : events) {
            if (event instanceof TransactionRejected rejected) {
                counts.merge(refusal(rejected.status(), rejected.reason()), 1, Integer::sum);
            }
        }
        return mostFirst(counts);
    }

    private static String refusal(int status, String reason) {
        String text = PageTexts.shortened(PageTexts.visible(reason), REFUSAL_LENGTH);
        return status == 0 ? "could not be asked: " + text : status + ": " + text;
    }

    private static List<Object> mostFirst(Map<String, Integer> counts) {
        var list = new ArrayList<Object>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry::getKey))
                .limit(MOST_REFUSALS)
                .forEach(entry -> list.add(List.of(entry.getValue(), entry.getKey())));
        return list;
    }

    private static List<Object> rows(List<Fate> fates, ChainData chain, List<String> nodes, Thinning thinning) {
        var shown = thinning.of(
                "transactions", fates, MOST_TRANSACTIONS, fate -> fate.block() == null || fate.orphanings() > 0);
        var rows = new ArrayList<Object>();
        for (var fate : shown.subList(0, Math.min(shown.size(), 2 * MOST_TRANSACTIONS))) {
            HeaderId block = fate.block();
            String rejection = fate.rejection();
            rows.add(Arrays.asList(
                    fate.transaction().toHex(),
                    fate.state().name(),
                    PageTexts.visible(fate.workload()),
                    nodes.indexOf(fate.node()),
                    PageTexts.millis(fate.submittedAt()),
                    PageTexts.millis(fate.acceptedAt()),
                    PageTexts.millis(fate.includedAt()),
                    PageTexts.millis(fate.finalAt()),
                    block == null ? -1 : chain.index(block),
                    fate.attempts(),
                    fate.orphanings(),
                    rejection == null ? null : PageTexts.shortened(PageTexts.visible(rejection), REFUSAL_LENGTH)));
        }
        return rows;
    }

    Map<String, @Nullable Object> blobs(ChainData chain, List<String> nodes, Thinning thinning) {
        var fates = BlobLedger.of(events).fates();
        var moments = new BlobMoments(events);
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("total", fates.size());
        json.put("curves", blobCurves(fates, moments));
        json.put("latency", blobLatencies(fates, moments));
        json.put("refusals", blobRefusals());
        var shown = thinning.of("blobs", fates, MOST_BLOBS, fate -> fate.block() == null || fate.orphanings() > 0);
        var rows = new ArrayList<Object>();
        for (var fate : shown) {
            HeaderId block = fate.block();
            BlobId id = fate.blob();
            String refusal = fate.refusal();
            rows.add(Arrays.asList(
                    id == null ? fate.content() : id.toHex(),
                    fate.state().name(),
                    PageTexts.visible(fate.workload()),
                    nodes.indexOf(fate.node()),
                    PageTexts.millis(fate.submittedAt()),
                    PageTexts.millis(fate.dispersedAt()),
                    PageTexts.millis(moments.included(id)),
                    PageTexts.millis(fate.finalAt()),
                    block == null ? -1 : chain.index(block),
                    fate.attempts(),
                    fate.orphanings(),
                    moments.problem(id) == null
                            ? (refusal == null ? null : PageTexts.shortened(PageTexts.visible(refusal), REFUSAL_LENGTH))
                            : PageTexts.of(moments.problem(id)),
                    fate.size()));
        }
        json.put("rows", rows);
        return json;
    }

    private Map<String, Object> blobCurves(List<BlobLedger.Fate> fates, BlobMoments moments) {
        var curves = new LinkedHashMap<String, Object>();
        curves.put("step", (double) end / BUCKETS / 1_000_000);
        curves.put(
                "submitted",
                cumulative(
                        times(fates.stream().map(BlobLedger.Fate::submittedAt).toList())));
        curves.put(
                "dispersed",
                cumulative(
                        times(fates.stream().map(BlobLedger.Fate::dispersedAt).toList())));
        curves.put(
                "included",
                cumulative(times(fates.stream()
                        .map(each -> moments.included(each.blob()))
                        .toList())));
        curves.put(
                "final",
                cumulative(times(fates.stream().map(BlobLedger.Fate::finalAt).toList())));
        curves.put("sampled", cumulative(times(moments.retrieved())));
        curves.put(
                "orphaned",
                cumulative(times(events.stream()
                        .filter(BlobOrphaned.class::isInstance)
                        .map(JournalEvent::at)
                        .toList())));
        return curves;
    }

    private static Map<String, Object> blobLatencies(List<BlobLedger.Fate> fates, BlobMoments moments) {
        var latencies = new LinkedHashMap<String, Object>();
        latencies.put(
                "from submission to dispersal",
                quantiles(fates.stream()
                        .map(each -> span(each.submittedAt(), each.dispersedAt()))
                        .toList()));
        latencies.put(
                "from dispersal to inclusion",
                quantiles(fates.stream()
                        .map(each -> span(each.dispersedAt(), moments.included(each.blob())))
                        .toList()));
        latencies.put(
                "from dispersal to finality",
                quantiles(fates.stream()
                        .map(each -> span(each.dispersedAt(), each.finalAt()))
                        .toList()));
        return latencies;
    }

    private List<Object> blobRefusals() {
        var counts = new TreeMap<String, Integer>();
        for (var event : events) {
            if (event instanceof BlobRefused refused) {
                counts.merge(refusal(refused.status(), refused.reason()), 1, Integer::sum);
            } else if (event instanceof BlobRetrieved retrieved && retrieved.problem() != null) {
                counts.merge("not retrieved: " + PageTexts.of(retrieved.problem()), 1, Integer::sum);
            }
        }
        return mostFirst(counts);
    }

    /** When blobs were last included, and whether their bytes could be had: the ledger does not keep that. */
    private static final class BlobMoments {
        private final Map<String, Long> included = new TreeMap<>();
        private final Map<String, String> problems = new TreeMap<>();
        private final List<Long> retrieved = new ArrayList<>();

        BlobMoments(List<JournalEvent> events) {
            for (var event : events) {
                if (event instanceof BlobIncluded each) {
                    included.put(each.blob().toHex(), each.at());
                } else if (event instanceof BlobOrphaned each) {
                    included.remove(each.blob().toHex());
                } else if (event instanceof BlobRetrieved each) {
                    note(each);
                }
            }
        }

        private void note(BlobRetrieved each) {
            String problem = each.problem();
            if (problem == null) {
                retrieved.add(each.at());
                problems.remove(each.blob().toHex());
            } else {
                problems.put(each.blob().toHex(), problem);
            }
        }

        long included(@Nullable BlobId blob) {
            return blob == null ? -1 : included.getOrDefault(blob.toHex(), -1L);
        }

        @Nullable
        String problem(@Nullable BlobId blob) {
            return blob == null ? null : problems.get(blob.toHex());
        }

        List<Long> retrieved() {
            return retrieved;
        }
    }
}
