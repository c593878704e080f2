package org.junitnomos.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventHeapTests {

    @Test
    void behavesLikeASortedMap() {
        Random random = new Random(3);
        EventHeap heap = new EventHeap();
        TreeMap<Long, TimedEvent> model = new TreeMap<>();
        List<TimedEvent> inside = new ArrayList<>();
        for (int step = 1; step <= 50_000; step++) {
            if (random.nextInt(5) < 2 || model.isEmpty()) {
                TimedEvent event = event(random.nextInt(1_000), step);
                heap.add(event);
                model.put(event.time * 1_000_000 + event.sequence, event);
                inside.add(event);
            } else if (random.nextInt(3) == 0) {
                TimedEvent event = inside.get(random.nextInt(inside.size()));
                heap.remove(event);
                heap.remove(event);
                model.remove(event.time * 1_000_000 + event.sequence);
                inside.remove(event);
            } else {
                TimedEvent first = heap.poll();
                assertThat(first).isSameAs(model.pollFirstEntry().getValue());
                inside.remove(first);
            }
            assertThat(heap.size()).isEqualTo(model.size());
        }
    }

    @Test
    void forgetsEverythingWhenCleared() {
        EventHeap heap = new EventHeap();
        TimedEvent event = event(1, 1);
        heap.add(event);
        heap.clear();
        assertThat(heap.isEmpty()).isTrue();
        assertThat(heap.poll()).isNull();
        assertThat(event.index).isEqualTo(-1);
    }

    private static TimedEvent event(long time, long sequence) {
        TimedEvent event = new TimedEvent("e", () -> {}, 0, new VirtualScheduler(new Baton(0), new RealTimeLimit()));
        event.time = time;
        event.sequence = sequence;
        return event;
    }
}
