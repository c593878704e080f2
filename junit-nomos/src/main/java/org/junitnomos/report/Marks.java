package org.junitnomos.report;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlobDispersed;
import org.junitnomos.journal.JournalEvent.BlobSubmitted;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.TransactionSubmitted;

/**
 * Finds in the text of a result what it speaks of: blocks, transactions and blobs by their ids, slots, heights and
 * nodes.
 * Results are texts, also those of users' own expectations; so that is how the page marks the evidence on the timeline.
 */
final class Marks {
    private static final int MOST = 40;
    private static final String SPAN = "(\\d{1,9}(?:\\.\\d{1,9})?) (ms|s|min|h)\\b";
    private static final Pattern PLACE = Pattern.compile("\\b(?<id>[0-9a-f]{64})\\b"
            + "|from slot (?<first>\\d{1,12}) to slot (?<last>\\d{1,12})"
            // A height beside a slot is that of a node on a branch of its own; that of the whole chain is how far it
            // came.
            + "|(?:\\bheight \\d{1,12},? (?:at )?)?\\bslots? (?<slot>\\d{1,12})"
            + "|\\bchain at height \\d{1,12}"
            + "|\\bheight (?<height>\\d{1,12})"
            + "|(?<date>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z)"
            + "|\\bfrom (?<begin>" + SPAN + ") to (?<end>" + SPAN + ")"
            + "|\\b(?:at|until|since|from) (?<at>" + SPAN + ")");
    /** Series of measured values: what of them counts stands in the line above. */
    private static final Pattern SERIES = Pattern.compile("(?m)^\\s*measured: .*$");

    private final Map<String, Long> known = new TreeMap<>();
    private final Map<String, String> kinds = new TreeMap<>();
    /** The id of a blob by the hash of its bytes: a text may tell of one blob by both. */
    private final Map<String, String> blobs = new TreeMap<>();

    private final Map<Long, Long> heights = new TreeMap<>();
    private final List<String> nodes;
    private final long slotMillis;
    private final @Nullable Instant begin;
    private long firstSlotAt = Long.MAX_VALUE;

    Marks(List<JournalEvent> events, ChainData chain, List<String> nodes, long slotMillis, @Nullable Instant begin) {
        this.begin = begin;
        this.nodes = nodes;
        this.slotMillis = slotMillis;
        for (var event : events) {
            if (event instanceof BlockObserved block) {
                know(block.block().toHex(), "block", block.at());
                // Nobody sees a block before its slot begins: the earliest one tells best when slot 0 was.
                firstSlotAt = Math.min(firstSlotAt, PageTexts.millis(block.at()) - block.slot() * slotMillis);
            } else if (event instanceof TransactionSubmitted each) {
                know(each.transaction().toHex(), "transaction", each.at());
            } else if (event instanceof BlobSubmitted each) {
                know(each.content(), "blob", each.at());
            } else if (event instanceof BlobDispersed each) {
                know(each.blob().toHex(), "blob", each.at());
                blobs.putIfAbsent(each.content(), each.blob().toHex());
            }
        }
        chain.tree().chain().forEach(block -> heights.putIfAbsent(block.height(), PageTexts.millis(block.at())));
    }

    private void know(String id, String kind, long at) {
        known.putIfAbsent(id, PageTexts.millis(at));
        kinds.putIfAbsent(id, kind);
    }

    /** {@return when slot 0 began, in milliseconds of run time; null if no block tells} */
    @Nullable
    Long firstSlotAt() {
        return firstSlotAt == Long.MAX_VALUE ? null : firstSlotAt;
    }

    /** {@return the numbers of the nodes that a text names} */
    int[] nodes(@Nullable String text) {
        return nodes.stream()
                .filter(name -> text != null && WordSearch.in(text, name))
                .mapToInt(nodes::indexOf)
                .toArray();
    }

    /** {@return the places of a text, each once, in its order: label, from, to (milliseconds), id if it has one} */
    List<Map<String, @Nullable Object>> of(@Nullable String text) {
        var marks = new ArrayList<Map<String, @Nullable Object>>();
        if (text != null) {
            var found = PLACE.matcher(SERIES.matcher(text).replaceAll(""));
            while (found.find() && marks.size() < MOST) {
                var mark = mark(found);
                if (mark != null && marks.stream().noneMatch(other -> isTheSame(mark, other))) {
                    marks.removeIf(other -> hasId(mark) && isPoint(other) && isTheSame(other, mark));
                    marks.add(mark);
                }
            }
        }
        return marks;
    }

    /** A text tells of one moment in several ways: one is enough, and an id says most. */
    private boolean isTheSame(Map<String, @Nullable Object> mark, Map<String, @Nullable Object> other) {
        if (isPoint(mark)) {
            return Math.abs(from(mark) - from(other)) < slotMillis;
        }
        return hasId(mark)
                ? Objects.equals(subject(mark), subject(other))
                : Objects.equals(mark.get("label"), other.get("label"));
    }

    private @Nullable String subject(Map<String, @Nullable Object> mark) {
        return mark.get("id") instanceof String id ? blobs.getOrDefault(id, id) : null;
    }

    private static boolean hasId(Map<String, @Nullable Object> mark) {
        return mark.get("id") != null;
    }

    /** Whether it is a moment with no more to it. */
    private static boolean isPoint(Map<String, @Nullable Object> mark) {
        return !hasId(mark) && !String.valueOf(mark.get("label")).contains(" to ");
    }

    static long from(Map<String, @Nullable Object> mark) {
        return (Long) Objects.requireNonNull(mark.get("from"));
    }

    private @Nullable Map<String, @Nullable Object> mark(Matcher found) {
        String id = found.group("id");
        if (id != null) {
            Long at = known.get(id);
            return at == null ? null : entry(kinds.get(id) + " " + shortened(id), at, at, id);
        }
        if (found.group("first") != null) {
            return slots(found.group().substring(5), found.group("first"), found.group("last"));
        }
        if (found.group("slot") != null) {
            return slots("slot " + found.group("slot"), found.group("slot"), found.group("slot"));
        }
        if (found.group("height") != null) {
            Long at = heights.get(Long.parseLong(found.group("height")));
            return at == null ? null : entry("height " + found.group("height"), at, at, null);
        }
        if (found.group("date") == null && found.group("begin") == null && found.group("at") == null) {
            return null; // the height of the whole chain
        }
        return ofTime(found);
    }

    /** As the page does: ids of blobs, and of hostile ones above all, may begin alike. */
    private static String shortened(String id) {
        return id.substring(0, 8) + "…" + id.substring(id.length() - 4);
    }

    private @Nullable Map<String, @Nullable Object> ofTime(Matcher found) {
        if (found.group("date") != null) {
            return begin == null ? null : ofDate(begin, found.group());
        }
        if (found.group("begin") != null) {
            return entry(found.group().substring(5), millis(found.group("begin")), millis(found.group("end")), null);
        }
        long at = millis(found.group("at"));
        return entry(found.group(), at, at, null);
    }

    private static @Nullable Map<String, @Nullable Object> ofDate(Instant begin, String date) {
        try {
            long at = Duration.between(begin, Instant.parse(date)).toMillis();
            return at < 0 ? null : entry(date.substring(11, 19), at, at, null);
        } catch (DateTimeParseException e) {
            return null; // looks like a date, and is none
        }
    }

    /** Run time as texts write it, such as {@code 1.5 min}. */
    private static long millis(String span) {
        int space = span.indexOf(' ');
        double number = Double.parseDouble(span.substring(0, space));
        return Math.round(
                switch (span.substring(space + 1)) {
                    case "ms" -> number;
                    case "s" -> number * 1_000;
                    case "min" -> number * 60_000;
                    default -> number * 3_600_000;
                });
    }

    private @Nullable Map<String, @Nullable Object> slots(String label, String first, String last) {
        return firstSlotAt == Long.MAX_VALUE
                ? null
                : entry(
                        label,
                        firstSlotAt + Long.parseLong(first) * slotMillis,
                        firstSlotAt + (Long.parseLong(last) + 1) * slotMillis,
                        null);
    }

    private static Map<String, @Nullable Object> entry(String label, long from, long to, @Nullable String id) {
        var mark = new LinkedHashMap<String, @Nullable Object>();
        mark.put("label", label);
        mark.put("from", Math.max(0, from));
        mark.put("to", Math.max(0, to));
        mark.put("id", id);
        return mark;
    }
}
