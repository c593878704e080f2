package org.junitnomos.runner;

import java.lang.reflect.Proxy;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls into a run pass until it is past its deadline, and refuses every call from then on. What users are given
 * is {@linkplain #guard guarded}; the phases of the run use what is behind, so that they can end it in order.
 */
final class Gate {
    private final Map<Object, Object> guards = new IdentityHashMap<>();
    private volatile @Nullable String closed;

    /** Refuses every call from now on; the first text stays. */
    synchronized void close(String text) {
        if (closed == null) {
            closed = text;
        }
    }

    /** Passes, or is refused. */
    void check() {
        String text = closed;
        if (text != null) {
            throw new DeadlineExceededException(text);
        }
    }

    /**
     * Guards an object, and every part of a run that its methods return, wherever it comes from: nodes that are added
     * later, too.
     *
     * @param type what users see of it
     */
    <T> T guard(Class<T> type, T target) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new GuardedPart(this, target)));
    }

    /** Guards an object that lasts as long as the run; always returns the same guard for it. */
    <T> T guardOnce(Class<T> type, T target) {
        synchronized (guards) {
            Object known = guards.get(target);
            if (type.isInstance(known)) {
                return type.cast(known);
            }
            T guard = guard(type, target);
            guards.put(target, guard);
            return guard;
        }
    }
}
