package org.junitnomos.devnode.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PersistentMapTests {
    /** A key whose hash code is chosen. */
    private record Key(int hash, int number) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.hash == hash && key.number == number;
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    @Test
    void agreesWithHashMapInAThousandRandomHistories() {
        Random random = new Random(7);
        for (int history = 0; history < 1000; history++) {
            int hashes = 1 + random.nextInt(40);
            Map<Key, Integer> expected = new HashMap<>();
            PersistentMap<Key, Integer> map = PersistentMap.empty();
            for (int step = 0; step < 60; step++) {
                Key key = new Key(random.nextInt(hashes) * 0x10001, random.nextInt(4));
                if (random.nextInt(3) == 0) {
                    expected.remove(key);
                    map = map.remove(key);
                } else {
                    expected.put(key, step);
                    map = map.put(key, step);
                }
                assertThat(map.get(key)).isEqualTo(expected.get(key));
            }
            assertThat(contents(map)).isEqualTo(expected);
            assertThat(map.size()).isEqualTo(expected.size());
        }
    }

    @Test
    void neverChangesAMapThatWasReturned() {
        PersistentMap<Key, Integer> one = PersistentMap.<Key, Integer>empty().put(new Key(1, 1), 1);
        PersistentMap<Key, Integer> two = one.put(new Key(1, 2), 2);
        PersistentMap<Key, Integer> none = two.remove(new Key(1, 2)).remove(new Key(1, 1));

        assertThat(contents(one)).containsOnly(Map.entry(new Key(1, 1), 1));
        assertThat(contents(two)).hasSize(2);
        assertThat(contents(none)).isEmpty();
    }

    @Test
    void returnsItselfIfTheKeyToRemoveIsMissing() {
        PersistentMap<Key, Integer> one = PersistentMap.<Key, Integer>empty().put(new Key(1, 1), 1);

        assertThat(one.remove(new Key(2, 2))).isSameAs(one);
    }

    @Test
    void showsEntriesInAnOrderThatDependsOnContentsAlone() {
        PersistentMap<Key, Integer> upwards = PersistentMap.empty();
        PersistentMap<Key, Integer> downwards = PersistentMap.empty();
        for (int i = 0; i < 500; i++) {
            upwards = upwards.put(new Key(i, i), i);
            downwards = downwards.put(new Key(499 - i, 499 - i), 499 - i);
        }
        List<Key> first = new ArrayList<>();
        List<Key> second = new ArrayList<>();
        upwards.forEach((key, value) -> first.add(key));
        downwards.forEach((key, value) -> second.add(key));

        assertThat(first).hasSize(500).isEqualTo(second);
    }

    private static Map<Key, Integer> contents(PersistentMap<Key, Integer> map) {
        Map<Key, Integer> contents = new HashMap<>();
        map.forEach(contents::put);
        return contents;
    }
}
