package org.junitnomos.runner;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a run behind its {@link Gate}. Every method asks the gate first, but {@code close}, so that streams can
 * still be closed. What a method returns is guarded, too, if it is declared as an interface of this project: values
 * are records and classes, parts are interfaces. Nobody has to list the parts, so none can be forgotten. One part has
 * one guard, but for what clients and other closeable parts make at every call.
 */
final class GuardedPart implements InvocationHandler {
    private static final String PROJECT = "org.junitnomos.";

    /** Whether a type is that of a part; to ask a class whether it is sealed costs more than a call. */
    private static final ClassValue<Boolean> IS_PART = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return type.isInterface() && !type.isSealed() && type.getName().startsWith(PROJECT);
        }
    };

    private final Gate gate;
    private final Object target;

    GuardedPart(Gate gate, Object target) {
        this.gate = gate;
        this.target = target;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(method, arguments);
        }
        if (!isClose(method)) {
            gate.check();
        }
        try {
            return guarded(method, arguments, method.invoke(target, arguments));
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Two guards are equal if they guard the same. */
    private @Nullable Object ofObject(Method method, Object @Nullable [] arguments)
            throws ReflectiveOperationException {
        return method.getName().equals("equals") && arguments != null
                ? target.equals(behind(arguments[0]))
                : method.invoke(target, arguments);
    }

    private static @Nullable Object behind(@Nullable Object other) {
        return other != null
                        && Proxy.isProxyClass(other.getClass())
                        && Proxy.getInvocationHandler(other) instanceof GuardedPart part
                ? part.target
                : other;
    }

    private static boolean isClose(Method method) {
        return method.getName().equals("close") && method.getParameterCount() == 0;
    }

    private @Nullable Object guarded(Method method, Object @Nullable [] arguments, @Nullable Object result) {
        if (result == null || method.getReturnType().isPrimitive()) {
            return result;
        }
        Class<?> part = part(method.getReturnType());
        if (part != null) {
            return guard(method, part, result);
        }
        if (result instanceof List<?> list) {
            Class<?> element = element(method.getGenericReturnType(), arguments);
            return element == null
                    ? result
                    : list.stream().map(each -> guard(method, element, each)).toList();
        }
        if (result instanceof Optional<?> optional) {
            Class<?> element = element(method.getGenericReturnType(), arguments);
            return element == null ? result : optional.map(each -> guard(method, element, each));
        }
        return result;
    }

    private <T> T guard(Method method, Class<T> type, Object part) {
        T typed = type.cast(part);
        boolean lasts = !AutoCloseable.class.isAssignableFrom(method.getDeclaringClass());
        return lasts ? gate.guardOnce(type, typed) : gate.guard(type, typed);
    }

    /** Returns the type of the parts in a list or an optional; where it is a variable, the type that was asked for. */
    private static @Nullable Class<?> element(Type returned, Object @Nullable [] arguments) {
        if (!(returned instanceof ParameterizedType generic)
                || generic.getRawType() != List.class && generic.getRawType() != Optional.class) {
            return null;
        }
        Type element = generic.getActualTypeArguments()[0];
        if (element instanceof TypeVariable && arguments != null && arguments[0] instanceof Class<?> asked) {
            return part(asked);
        }
        Type bound = element instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : element;
        return bound instanceof Class<?> type ? part(type) : null;
    }

    /** Returns the type if it is that of a part of a run; values of sealed types are no parts. */
    private static @Nullable Class<?> part(Class<?> type) {
        return IS_PART.get(type) ? type : null;
    }
}
