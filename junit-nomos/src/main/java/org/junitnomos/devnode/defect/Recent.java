package org.junitnomos.devnode.defect;

import java.util.ArrayList;
import java.util.List;

/** Remembers the last things that were added. */
final class Recent<T> {
    private static final int MOST = 256;

    private final List<T> things = new ArrayList<>();

    void add(T thing) {
        if (things.size() == MOST) {
            things.subList(0, 2).clear(); // an even number, as some come in pairs
        }
        things.add(thing);
    }

    boolean contains(T thing) {
        return things.contains(thing);
    }

    /** Returns the place of a thing, from 0; -1 if it is not remembered. */
    int indexOf(T thing) {
        return things.indexOf(thing);
    }
}
