package org.junitnomos.runner;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of an object that a run hands out: asks before every call whether the run is open, and refuses the
 * calls that would change a node behind its back.
 *
 * @param check throws if nothing may be called now
 * @param refused names of methods that are always refused
 * @param instead what to do instead of those, for the text
 * @param results changes what methods return
 */
record Fence(Runnable check, List<String> refused, String instead, Results results) {

    /** Changes what methods return. */
    interface Results {
        /** Returns what to hand out instead of the result of the method with that name. */
        @Nullable
        Object change(String method, @Nullable Object result);
    }

    /** Makes a fence that only asks whether the run is open. */
    static Fence of(Runnable check) {
        return new Fence(check, List.of(), "", (method, result) -> result);
    }

    <T> T around(Class<T> type, T target) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().equals("equals")) {
                        return self == arguments[0];
                    }
                    return method.getDeclaringClass() == Object.class
                            ? method.invoke(target)
                            : call(type, target, method, arguments);
                });
        return type.cast(proxy);
    }

    private @Nullable Object call(Class<?> type, Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        String name = method.getName();
        if (refused.contains(name)) {
            throw new UnsupportedOperationException(type.getSimpleName() + "." + name
                    + " changes a node behind the back of the run: nothing would record it, excuse it or heal it. "
                    + instead);
        }
        check.run();
        try {
            return results.change(name, method.invoke(target, arguments));
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
