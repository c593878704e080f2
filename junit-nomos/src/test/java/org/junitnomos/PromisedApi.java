package org.junitnomos;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;

/**
 * What is promised to users: public types that are marked EXPERIMENTAL, and the members of these that can be seen. The
 * mark of a type holds for what is nested in it, unless that has a mark of its own.
 */
final class PromisedApi {
    private static final String PROJECT = "org.junitnomos.";

    private PromisedApi() {}

    static DescribedPredicate<JavaClass> promised() {
        return DescribedPredicate.describe("promised", PromisedApi::isPromised);
    }

    static boolean isPromised(JavaClass type) {
        return isVisible(type.getModifiers())
                && type.getEnclosingClass()
                        .map(outer -> isVisible(outer.getModifiers()))
                        .orElse(true)
                && statusOf(type) == API.Status.EXPERIMENTAL;
    }

    /** No supertype, field, parameter, result, exception or bound shows a type of this project that is not promised. */
    static ArchCondition<JavaClass> showOnlyWhatIsPromised() {
        return new ArchCondition<>("show only types of this project that are promised") {
            @Override
            public void check(JavaClass owner, ConditionEvents events) {
                shownByHead(owner).stream()
                        .filter(shown -> isOwn(shown) && statusOf(shown) != API.Status.EXPERIMENTAL)
                        .forEach(shown -> events.add(SimpleConditionEvent.violated(
                                owner, owner.getName() + " shows " + shown.getName() + ", which is not promised")));
                promisedMembers(owner)
                        .forEach(member -> shownBy(member).stream()
                                .filter(shown -> isOwn(shown) && statusOf(shown) != API.Status.EXPERIMENTAL)
                                .forEach(shown -> events.add(SimpleConditionEvent.violated(
                                        owner,
                                        member.getFullName() + " shows " + shown.getName()
                                                + ", which is not promised"))));
            }
        };
    }

    /**
     * Records have few components, because the canonical constructor is part of the promise: one component more takes
     * it away.
     *
     * @param reasons by simple name, with that of what it is nested in, why a record may have more
     */
    static ArchCondition<JavaClass> haveAtMost(int components, Map<String, String> reasons) {
        return new ArchCondition<>("have at most " + components + " components") {
            @Override
            public void check(JavaClass owner, ConditionEvents events) {
                int found = owner.isRecord() ? components(owner) : 0;
                if (found > components && !reasons.containsKey(nameOf(owner))) {
                    events.add(SimpleConditionEvent.violated(
                            owner, owner.getName() + " has " + found + " components, expected at most " + components));
                }
            }
        };
    }

    static int components(JavaClass type) {
        return (int) type.getFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .count();
    }

    /** {@code "Outer.Nested"}. */
    static String nameOf(JavaClass type) {
        return type.getEnclosingClass()
                .map(outer -> nameOf(outer) + "." + type.getSimpleName())
                .orElse(type.getSimpleName());
    }

    /** The types of this project that a type shows, by itself and by its members. */
    static Set<JavaClass> shownBy(JavaClass owner) {
        var shown = new TreeSet<JavaClass>((a, b) -> a.getName().compareTo(b.getName()));
        shown.addAll(shownByHead(owner));
        promisedMembers(owner).forEach(member -> shown.addAll(shownBy(member)));
        shown.removeIf(each -> !isOwn(each));
        return shown;
    }

    static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(PromisedApi::outermost).orElse(type);
    }

    private static List<JavaMember> promisedMembers(JavaClass owner) {
        return owner.getMembers().stream()
                .filter(member -> isVisible(member.getModifiers()))
                .filter(member -> ownStatus(member).orElse(API.Status.EXPERIMENTAL) == API.Status.EXPERIMENTAL)
                .toList();
    }

    private static Set<JavaClass> shownByHead(JavaClass owner) {
        var types = new ArrayList<JavaType>(owner.getInterfaces());
        owner.getSuperclass().ifPresent(types::add);
        types.addAll(owner.getTypeParameters());
        return raw(types);
    }

    private static Set<JavaClass> shownBy(JavaMember member) {
        var types = new ArrayList<JavaType>();
        if (member instanceof JavaField field) {
            types.add(field.getType());
        } else if (member instanceof JavaCodeUnit code) {
            types.add(code.getReturnType());
            types.addAll(code.getParameterTypes());
            types.addAll(code.getThrowsClause().getTypes());
            types.addAll(code.getTypeParameters());
        }
        return raw(types);
    }

    private static Set<JavaClass> raw(List<JavaType> types) {
        var raw = new TreeSet<JavaClass>((a, b) -> a.getName().compareTo(b.getName()));
        types.forEach(
                type -> type.getAllInvolvedRawTypes().forEach(involved -> raw.add(involved.getBaseComponentType())));
        return raw;
    }

    private static boolean isOwn(JavaClass type) {
        return type.getName().startsWith(PROJECT);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    /** The mark of a type, else of the one that it is nested in; INTERNAL without any. */
    private static API.Status statusOf(JavaClass type) {
        return ownStatus(type)
                .orElseGet(() ->
                        type.getEnclosingClass().map(PromisedApi::statusOf).orElse(API.Status.INTERNAL));
    }

    private static Optional<API.Status> ownStatus(HasAnnotations<?> element) {
        return element.tryGetAnnotationOfType(API.class).map(API::status);
    }
}
