package org.junitnomos.jupiter;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Gives parameters and fields what they ask for by their type. */
final class Injection {
    private Injection() {}

    static boolean supports(ParameterContext parameter) {
        return InjectionPoint.of(parameter).isKnown();
    }

    static Object value(ParameterContext parameter, TestRun run) {
        return InjectionPoint.of(parameter).value(run);
    }

    /**
     * Sets the fields of a test instance.
     *
     * @param type class whose fields are set, those of its superclasses too
     * @param instance the instance; null for static fields
     * @param run where the values come from
     */
    static void fields(Class<?> type, @Nullable Object instance, TestRun run) {
        for (var field : injected(type)) {
            if (Modifier.isStatic(field.getModifiers()) == (instance == null)) {
                set(field, instance, run);
            }
        }
    }

    static boolean hasStaticFields(Class<?> type) {
        return injected(type).stream().anyMatch(field -> Modifier.isStatic(field.getModifiers()));
    }

    /** Lists the fields that ask for something, those of superclasses first. */
    static List<Field> injected(Class<?> type) {
        return ReflectionSupport.findFields(
                type,
                field -> AnnotationSupport.isAnnotated(field, InjectCluster.class)
                        || AnnotationSupport.isAnnotated(field, FromNode.class),
                HierarchyTraversalMode.TOP_DOWN);
    }

    private static void set(Field field, @Nullable Object instance, TestRun run) {
        var point = InjectionPoint.of(field);
        var value = point.value(run);
        try {
            field.setAccessible(true);
            field.set(instance, value);
        } catch (IllegalAccessException e) {
            throw new ExtensionConfigurationException("Cannot inject " + point.place() + ": " + e.getMessage(), e);
        }
    }
}
