package org.junitnomos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.platform.commons.annotation.Testable;

/** Surefire runs classes by their name: a test in a class of another name would never run, and nobody would notice. */
@AnalyzeClasses(packages = "org.junitnomos", importOptions = OnlyIncludeTests.class)
class TestNamingTests {

    private static final DescribedPredicate<JavaClass> HAVE_TESTS = DescribedPredicate.describe(
            "have tests",
            type -> type.getMethods().stream().anyMatch(method -> method.isMetaAnnotatedWith(Testable.class)));

    @ArchTest
    static final ArchRule classesWithTestsAreFound =
            classes().that().areTopLevelClasses().and(HAVE_TESTS).should().haveSimpleNameEndingWith("Tests");
}
