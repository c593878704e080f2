package org.junitnomos.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
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
    private static final Pattern PLACE = Pattern.compile("\\b([0-9a-f]{64})\\b"
            + "|from slot (\\d{1,12}) to slot (\\d{1,12})|\\bslots? (\\d{1,12})|\\bheight (\\d{1,12})");

    private final Map<String, Long> known = new TreeMap<>();
    private final Map<String, String> kinds = new TreeMap<>();
    private final Map<Long, Long> heights = new TreeMap<>();
    private final List<String> nodes;
    private final long slotMillis;
    private long firstSlotAt = Long.MAX_VALUE;

    Marks(List<JournalEvent> events, ChainData chain, List<String> nodes, long slotMillis) {
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
        var marks = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        if (text != null) {
            var found = PLACE.matcher(text);
            while (found.find() && marks.size() < MOST) {
                var mark = mark(found.toMatchResult());
                if (mark != null) {
                    // A text tells of one moment in several ways: the first one is enough, and most often an id.
                    marks.putIfAbsent(mark.get("from") + "-" + mark.get("to"), mark);
                }
            }
        }
        return new ArrayList<>(marks.values());
    }

    private @Nullable Map<String, @Nullable Object> mark(MatchResult found) {
        String id = found.group(1);
        if (id != null) {
            Long at = known.get(id);
            return at == null ? null : entry(kinds.get(id) + " " + id.substring(0, 8) + "…", at, at, id);
        }
        if (found.group(2) != null) {
            Long from = slot(found.group(2));
            Long to = slot(found.group(3));
            return from == null || to == null ? null : entry(found.group().substring(5), from, to + slotMillis, null);
        }
        if (found.group(4) != null) {
            Long at = slot(found.group(4));
            return at == null ? null : entry("slot " + found.group(4), at, at + slotMillis, null);
        }
        Long at = heights.get(Long.parseLong(found.group(5)));
        return at == null ? null : entry("height " + found.group(5), at, at, null);
    }

    private @Nullable Long slot(String number) {
        return firstSlotAt == Long.MAX_VALUE ? null : firstSlotAt + Long.parseLong(number) * slotMillis;
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
