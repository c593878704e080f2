package org.junitnomos.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;

/**
 * Tells the fate of things in blocks that it was asked to track: when one is included in the reference chain, orphaned
 * and final. Not thread-safe.
 *
 * @param <T> what stands in a block
 * @param <K> by what it is tracked; may stand in several blocks, and several times in one
 */
abstract class FateTracker<T, K> {

    /** Where a tracked thing is on the reference chain. */
    private static final class Fate<T> {
        private @Nullable T thing;
        private @Nullable BlockRecord block;
        private boolean isFinal;
    }

    private record Place<T>(T thing, BlockRecord block) {}

    private final ReferenceChain chain;
    private final Consumer<JournalEvent> out;
    private final Map<K, List<Place<T>>> places = new HashMap<>();
    private final Map<K, Fate<T>> fates = new HashMap<>();
    private long finalHeight;

    FateTracker(ReferenceChain chain, Consumer<JournalEvent> out) {
        this.chain = chain;
        this.out = out;
    }

    /** Lists what stands in a block, in its order. */
    abstract List<T> in(BlockRecord block);

    abstract K key(T thing);

    /** Whether two things of one key in one block are one thing. */
    abstract boolean isSame(T one, T other);

    abstract JournalEvent included(T thing, BlockRecord block, long at);

    abstract JournalEvent orphaned(T thing, BlockRecord block, long at);

    abstract JournalEvent settled(T thing, BlockRecord block, long at);

    /** Remembers what a block holds, on whatever branch it is. */
    void observed(BlockRecord block) {
        for (T thing : in(block)) {
            places.computeIfAbsent(key(thing), key -> new ArrayList<>(1)).add(new Place<>(thing, block));
        }
    }

    /** Returns the first block of the reference chain that holds it. */
    Optional<BlockRecord> including(K key) {
        return places.getOrDefault(key, List.of()).stream()
                .map(Place::block)
                .filter(chain::contains)
                .findFirst();
    }

    /** Tracks something; if it is on the chain already, says so at once. */
    void track(K key, long at) {
        if (fates.putIfAbsent(key, new Fate<>()) != null) {
            return;
        }
        for (Place<T> place : places.getOrDefault(key, List.of())) {
            if (chain.contains(place.block())) {
                include(place.thing(), place.block(), at);
                if (place.block().height() <= finalHeight) {
                    finish(place.thing(), place.block(), at);
                }
            }
        }
    }

    void chainChanged(BlockFeed.ChainUpdate update, long at) {
        for (BlockRecord block : update.removed()) {
            finalHeight = Math.min(finalHeight, block.height() - 1);
            in(block).forEach(thing -> orphan(thing, block, at));
        }
        for (BlockRecord block : update.added()) {
            in(block).forEach(thing -> include(thing, block, at));
        }
    }

    /** Every block of the reference chain up to a height is irreversible on some node. */
    void irreversible(long height, long at) {
        while (finalHeight < height) {
            BlockRecord block = chain.at(++finalHeight);
            in(block).forEach(thing -> finish(thing, block, at));
        }
    }

    private void include(T thing, BlockRecord block, long at) {
        Fate<T> fate = fates.get(key(thing));
        if (fate != null && fate.block == null) {
            fate.block = block;
            fate.thing = thing;
            out.accept(included(thing, block, at));
        }
    }

    private void orphan(T thing, BlockRecord block, long at) {
        Fate<T> fate = fates.get(key(thing));
        if (fate != null && isAt(fate, thing, block)) {
            fate.block = null;
            fate.thing = null;
            fate.isFinal = false;
            out.accept(orphaned(thing, block, at));
        }
    }

    private void finish(T thing, BlockRecord block, long at) {
        Fate<T> fate = fates.get(key(thing));
        if (fate != null && isAt(fate, thing, block) && !fate.isFinal) {
            fate.isFinal = true;
            out.accept(settled(thing, block, at));
        }
    }

    private boolean isAt(Fate<T> fate, T thing, BlockRecord block) {
        return fate.block != null
                && fate.thing != null
                && fate.block.id().equals(block.id())
                && isSame(fate.thing, thing);
    }
}
