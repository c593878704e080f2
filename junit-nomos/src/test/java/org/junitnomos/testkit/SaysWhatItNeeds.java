package org.junitnomos.testkit;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.annotation.Annotation;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;

/**
 * Holds of a test class that reaches something this machine may lack, by itself or through classes beside the tests,
 * only if it says so: else it would be an error where that is missing, and nobody would see it where it is there.
 */
public final class SaysWhatItNeeds extends ArchCondition<JavaClass> {
    private final Class<? extends Annotation> need;
    private final Set<String> gates;
    private final Map<JavaClass, Boolean> known = new HashMap<>();

    /**
     * Create the condition.
     *
     * @param need what such a class is annotated with, or one around it, or each of its methods that reaches so far
     * @param gates full names of methods and constructors that lead outside
     */
    public SaysWhatItNeeds(Class<? extends Annotation> need, Set<String> gates) {
        super("be annotated with @" + need.getSimpleName() + " if they reach one of " + gates);
        this.need = need;
        this.gates = gates;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!hasTests(type) || isAnnotated(type) || asksItself(type)) {
            return;
        }
        for (var unit : type.getCodeUnits()) {
            if (!unit.isAnnotatedWith(need)) {
                unit.getAccessesFromSelf().stream()
                        .filter(access -> leadsOut(access, type))
                        .forEach(access -> events.add(SimpleConditionEvent.violated(
                                type, access.getDescription() + ", but is not @" + need.getSimpleName())));
            }
        }
    }

    private static boolean hasTests(JavaClass type) {
        return type.getAllMethods().stream().anyMatch(method -> method.isMetaAnnotatedWith(Testable.class));
    }

    private boolean isAnnotated(JavaClass type) {
        return Stream.iterate(
                        type,
                        each -> each != null,
                        each -> each.getEnclosingClass().orElse(null))
                .anyMatch(each -> each.isAnnotatedWith(need));
    }

    /** A test that may need it, depending on how it is run, asks on its way. */
    private static boolean asksItself(JavaClass type) {
        return type.getAccessesFromSelf().stream()
                .anyMatch(access -> access.getTargetOwner().isEquivalentTo(Unmet.class));
    }

    private boolean leadsOut(JavaAccess<?> access, JavaClass from) {
        if (gates.contains(access.getTarget().getFullName())) {
            return true;
        }
        var target = access.getTargetOwner();
        return !target.equals(from) && isOfTests(target) && reaches(target);
    }

    private static boolean isOfTests(JavaClass type) {
        return type.getSource()
                .filter(source -> source.getUri().toString().contains("test-classes"))
                .isPresent();
    }

    /** Whether any code of a class does, so that who uses it may do so, too: which of it is called is not known. */
    private boolean reaches(JavaClass type) {
        var before = known.get(type);
        if (before == null) {
            known.put(type, false); // while it is looked at
            before = !isAnnotated(type)
                    && type.getCodeUnits().stream()
                            .filter(unit -> !unit.isAnnotatedWith(need))
                            .map(JavaCodeUnit::getAccessesFromSelf)
                            .flatMap(Set::stream)
                            .anyMatch(access -> leadsOut(access, type));
            known.put(type, before);
        }
        return before;
    }
}
