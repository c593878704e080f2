package org.junitnomos;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** What {@link ArchitectureTests} asks of classes, as far as ArchUnit has no word for it. */
final class ArchitectureConditions {

    private ArchitectureConditions() {}

    /** Calls of, and references to, the named methods of a type; also {@code Type::method}. */
    static DescribedPredicate<JavaAccess<?>> method(Class<?> owner, String... names) {
        var wanted = List.of(names);
        return DescribedPredicate.describe(
                owner.getSimpleName() + "." + wanted,
                access -> access.getTargetOwner().isEquivalentTo(owner) && wanted.contains(access.getName()));
    }

    /** Any use of a member of a type. */
    static DescribedPredicate<JavaAccess<?>> type(Class<?> owner) {
        return DescribedPredicate.describe(
                "a member of " + owner.getSimpleName(),
                access -> access.getTargetOwner().isEquivalentTo(owner));
    }

    static DescribedPredicate<JavaAccess<?>> constructor(Class<?> owner) {
        return method(owner, JavaConstructor.CONSTRUCTOR_NAME);
    }

    /** Empty collections have no order to lose, and {@code new Random()} seeds itself. */
    static DescribedPredicate<JavaAccess<?>> withoutParameters() {
        return DescribedPredicate.describe(
                "without parameters", access -> access.getTarget().getFullName().endsWith("()"));
    }

    /** Every dependency between our own packages is one that {@link Rooms} allows. */
    static ArchCondition<JavaClass> useOnlyTheirRooms() {
        return new ArchCondition<>("use only the rooms that theirs may use") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                var room = Rooms.of(origin.getPackageName());
                if (room.isEmpty()) {
                    events.add(SimpleConditionEvent.violated(
                            origin, origin.getName() + " lives in a package that is no room of the house"));
                    return;
                }
                origin.getDirectDependenciesFromSelf().stream()
                        .filter(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith("org.junitnomos"))
                        .filter(dependency -> !Rooms.mayUse(
                                room.get(), dependency.getTargetClass().getPackageName()))
                        .forEach(dependency -> events.add(SimpleConditionEvent.violated(
                                dependency,
                                "room '" + room.get() + "' may use only " + Rooms.usableFrom(room.get()) + ", but "
                                        + dependency.getDescription())));
            }
        };
    }

    /** No public or protected member, nor a supertype, shows a type outside these name prefixes; INTERNAL is exempt. */
    static ArchCondition<JavaClass> exposeOnly(String... prefixes) {
        return new ArchCondition<>("expose only types of " + String.join(" ", prefixes)) {
            @Override
            public void check(JavaClass owner, ConditionEvents events) {
                if (isInternal(owner)) {
                    return;
                }
                Stream.concat(owner.getRawInterfaces().stream(), owner.getRawSuperclass().stream())
                        .filter(shown -> isForeign(shown, prefixes))
                        .forEach(shown -> events.add(violation(owner, owner.getName(), shown)));
                owner.getMembers().stream()
                        .filter(ArchitectureConditions::isVisible)
                        .filter(member -> !isInternal(member))
                        .forEach(member -> shownBy(member)
                                .flatMap(shown -> shown.getAllInvolvedRawTypes().stream())
                                .filter(shown -> isForeign(shown, prefixes))
                                .forEach(shown -> events.add(violation(owner, member.getFullName(), shown))));
            }
        };
    }

    private static ConditionEvent violation(JavaClass owner, String where, JavaClass shown) {
        return SimpleConditionEvent.violated(owner, where + " exposes " + shown.getName());
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static boolean isInternal(CanBeAnnotated element) {
        if (element instanceof JavaClass type
                && type.getEnclosingClass()
                        .map(ArchitectureConditions::isInternal)
                        .orElse(false)) {
            return true;
        }
        return element.isAnnotatedWith(DescribedPredicate.describe(
                "@API(INTERNAL)",
                annotation -> annotation.getRawType().isEquivalentTo(API.class)
                        && annotation.as(API.class).status() == API.Status.INTERNAL));
    }

    private static Stream<JavaType> shownBy(JavaMember member) {
        if (member instanceof JavaCodeUnit code) {
            return Stream.of(
                            Stream.of(code.getReturnType()),
                            code.getParameterTypes().stream(),
                            code.getThrowsClause().getTypes().stream())
                    .flatMap(types -> types);
        }
        return member instanceof JavaField field ? Stream.of(field.getType()) : Stream.empty();
    }

    private static boolean isForeign(JavaClass shown, String... prefixes) {
        var base = shown.getBaseComponentType();
        return !base.isPrimitive() && Arrays.stream(prefixes).noneMatch(base.getName()::startsWith);
    }
}
