package org.junitnomos.devnode.chain;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.NoteLottery;
import org.junitnomos.time.Ahead;

/**
 * Says which notes win which slots of one epoch. A slot after another is drawn ahead, many at once: twice as many each
 * time, so that a short life draws little in vain. Not thread-safe.
 */
final class DrawnSlots {
    /** Most tickets that are drawn at once; one takes two permutations, some 16 µs. */
    private static final int MOST_TICKETS = 64;

    private static final int[] NONE = {};

    private final List<NoteLottery> notes;
    private final boolean ahead;
    private Span drawn = new Span(0, new int[0][]);
    private @Nullable Coming coming;

    /**
     * Begins to draw.
     *
     * @param notes the notes; the caller knows them by their place in this list
     * @param ahead whether to draw slots before they are asked for
     */
    DrawnSlots(List<NoteLottery> notes, boolean ahead) {
        this.notes = notes;
        this.ahead = ahead && !notes.isEmpty();
    }

    /** The winners of slots in a row. */
    private record Span(long first, int[][] winners) {
        boolean has(long slot) {
            return slot >= first && slot - first < winners.length;
        }

        int[] of(long slot) {
            return winners[(int) (slot - first)];
        }
    }

    private record Coming(long first, int count, Ahead<Span> span) {
        boolean has(long slot) {
            return slot >= first && slot - first < count;
        }
    }

    /** Returns the places of the notes that win a slot, in their order; not to be changed. */
    int[] winners(long slot) {
        if (!drawn.has(slot)) {
            draw(slot);
        }
        return drawn.of(slot);
    }

    private void draw(long slot) {
        Coming next = coming;
        if (next != null && next.has(slot)) {
            drawn = next.span().get();
        } else {
            if (next != null) {
                next.span().drop();
            }
            drawn = draw(notes, slot, 1);
        }
        if (ahead) {
            int count = Math.max(1, Math.min(2 * drawn.winners().length, MOST_TICKETS / notes.size()));
            long first = drawn.first() + drawn.winners().length;
            coming = new Coming(first, count, Ahead.begin(() -> draw(notes, first, count)));
        }
    }

    private static Span draw(List<NoteLottery> notes, long first, int count) {
        int[][] winners = new int[count][];
        for (int i = 0; i < count; i++) {
            winners[i] = draw(notes, first + i);
        }
        return new Span(first, winners);
    }

    private static int[] draw(List<NoteLottery> notes, long slot) {
        int[] winners = NONE;
        for (int i = 0; i < notes.size(); i++) {
            if (notes.get(i).wins(slot)) {
                winners = Arrays.copyOf(winners, winners.length + 1);
                winners[winners.length - 1] = i;
            }
        }
        return winners;
    }
}
