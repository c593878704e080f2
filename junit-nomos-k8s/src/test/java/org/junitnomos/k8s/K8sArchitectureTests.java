package org.junitnomos.k8s;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apiguardian.api.API;

/** Keeps the Kubernetes backend to the part of the core that any backend may use. */
@AnalyzeClasses(packages = "org.junitnomos.k8s", importOptions = DoNotIncludeTests.class)
class K8sArchitectureTests {

    @ArchTest
    static final ArchRule usesOnlyWhatABackendNeeds = classes()
            .should()
            .onlyDependOnClassesThat(resideOutsideOfPackage("org.junitnomos..")
                    .or(resideInAnyPackage(
                            "org.junitnomos.k8s..",
                            "org.junitnomos.deploy",
                            "org.junitnomos.deploy.control",
                            "org.junitnomos.deploy.external",
                            "org.junitnomos.deploy.diagnosis",
                            "org.junitnomos.deploy.session",
                            "org.junitnomos.deploy.container.offline",
                            "org.junitnomos.deploy.real",
                            "org.junitnomos.topology..",
                            "org.junitnomos.client..",
                            "org.junitnomos.mantle..",
                            "org.junitnomos.time..",
                            "org.junitnomos.settings..")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule publicTypesDeclareTheirStatus = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should()
            .beAnnotatedWith(API.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule knowsNothingOfJUnit = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.junit..")
            .allowEmptyShould(true);
}
