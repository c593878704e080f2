package org.junitnomos.jupiter;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;

/** Names an element in messages: {@code PaymentTests.Nested.transfers()}. */
final class ElementName {
    private ElementName() {}

    static String of(AnnotatedElement element) {
        if (element instanceof Class<?> type) {
            return nameOf(type);
        }
        if (element instanceof Method method) {
            return nameOf(method.getDeclaringClass()) + "." + method.getName() + "()";
        }
        if (element instanceof Field field) {
            return nameOf(field.getDeclaringClass()) + "." + field.getName();
        }
        if (element instanceof Parameter parameter) {
            var owner = parameter.getDeclaringExecutable();
            return owner instanceof Method method
                    ? of(method)
                    : "the constructor of " + nameOf(owner.getDeclaringClass());
        }
        return element.toString();
    }

    /** Names the last of several elements; a method by the class that runs it, not by the one that declares it. */
    static String of(List<? extends AnnotatedElement> elements) {
        var last = elements.get(elements.size() - 1);
        var owner = elements.size() < 2 ? last : elements.get(elements.size() - 2);
        return last instanceof Method method && owner instanceof Class<?> type
                ? nameOf(type) + "." + method.getName() + "()"
                : of(last);
    }

    /** Returns the class name without its package, nested classes with a dot. */
    static String nameOf(Class<?> type) {
        var name = type.getName();
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }
}
