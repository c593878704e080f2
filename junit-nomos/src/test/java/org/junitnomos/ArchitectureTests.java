package org.junitnomos;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.ArchitectureConditions.constructor;
import static org.junitnomos.ArchitectureConditions.exposeOnly;
import static org.junitnomos.ArchitectureConditions.method;
import static org.junitnomos.ArchitectureConditions.type;
import static org.junitnomos.ArchitectureConditions.useOnlyTheirRooms;
import static org.junitnomos.ArchitectureConditions.withoutParameters;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.NullMarked;
import org.junitnomos.deploy.program.ProgramClasses;

/** Keeps the rooms of docs/architecture.md apart, and main code a pure function of plan and seed. */
@AnalyzeClasses(packages = "org.junitnomos", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    /** The rooms in which the same plan and seed must give the same journal on every machine. */
    private static final String[] DETERMINISTIC_ROOMS = {
        "org.junitnomos.topology..",
        "org.junitnomos.scenario..",
        "org.junitnomos.mantle..",
        "org.junitnomos.journal..",
        "org.junitnomos.feed..",
        "org.junitnomos.metrics..",
        "org.junitnomos.workload..",
        "org.junitnomos.chaos..",
        "org.junitnomos.expectation..",
        "org.junitnomos.devnode..",
        "org.junitnomos.deploy.embedded..",
    };

    private static final Pattern ANNOTATION_IN_TEXT = Pattern.compile("\"[^\"\\n]*@[A-Z]\\w+[^\"\\n]*\"");

    // ---- rooms

    @ArchTest
    static final ArchRule everyRoomUsesOnlyTheRoomsItMay = classes().should(useOnlyTheirRooms());

    /** Dev nodes outside of the test JVM run with these classes alone. */
    @ArchTest
    static void theProgramOfTheDevNodeHasAllClassesThatItUses(JavaClasses classes) throws IOException {
        var jar = new ByteArrayOutputStream();
        ProgramClasses.ofDevNode().writeJar(jar);
        var packed = new TreeSet<String>();
        try (var entries = new ZipInputStream(new ByteArrayInputStream(jar.toByteArray()))) {
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                packed.add(entry.getName());
            }
        }
        var missing = classes.stream()
                .filter(type -> packed.contains(entry(type)))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency ->
                        dependency.getTargetClass().getPackageName().startsWith("org.junitnomos"))
                .filter(dependency ->
                        !packed.contains(entry(dependency.getTargetClass().getBaseComponentType())))
                .map(Dependency::getDescription);
        assertThat(packed).contains(ProgramClasses.DEV_NODE.replace('.', '/') + ".class");
        assertThat(missing).as("uses of classes that the program lacks").isEmpty();
    }

    private static String entry(JavaClass type) {
        return type.getName().replace('.', '/') + ".class";
    }

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("org.junitnomos.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule noPackageIsACatchAll = noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..",
                    "..utils..",
                    "..common..",
                    "..helper..",
                    "..helpers..",
                    "..impl..",
                    "..model..",
                    "..dto..");

    @ArchTest
    static void packagesAreNullMarked(JavaClasses classes) {
        var unmarked = classes.getPackage("org.junitnomos").getSubpackagesInTree().stream()
                .filter(room -> !room.getClasses().isEmpty())
                .filter(room -> !room.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName);
        assertThat(unmarked)
                .as("packages without @NullMarked in package-info.java")
                .isEmpty();
    }

    @ArchTest
    static void aNameMeansOneThing(JavaClasses classes) {
        var namesakes = classes.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getSimpleName, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(types -> types.size() > 1);
        assertThat(namesakes).as("types of one simple name").isEmpty();
    }

    /** Who builds a plan in code reads the problems of its parts, too. */
    @ArchTest
    static void onlyJupiterSpeaksOfAnnotations(JavaClasses classes) throws IOException {
        var found = new ArrayList<String>();
        for (var room : List.of("topology", "scenario", "workload", "chaos", "expectation", "runner")) {
            try (var files = Files.walk(Path.of("src/main/java/org/junitnomos", room))) {
                for (var file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    var text = Files.readString(file);
                    ANNOTATION_IN_TEXT.matcher(text).results().forEach(each -> found.add(file + ": " + each.group()));
                }
            }
        }
        assertThat(found).as("texts below jupiter that name an annotation").isEmpty();
    }

    // ---- third parties

    @ArchTest
    static final ArchRule onlyJupiterSeesJUnit = noClasses()
            .that()
            .resideOutsideOfPackage("org.junitnomos.jupiter..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.junit..");

    @ArchTest
    static final ArchRule onlyTheClientSeesOkHttp = noClasses()
            .that()
            .resideOutsideOfPackage("org.junitnomos.client..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..", "kotlin..");

    @ArchTest
    static final ArchRule onlyContainersSeeTestcontainers = noClasses()
            .that()
            .resideOutsideOfPackage("org.junitnomos.deploy.container..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.testcontainers..", "com.github.dockerjava..");

    @ArchTest
    static final ArchRule archivesAreUsedBySupertypes = noClasses()
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "a method of tar archives whose signature changed in commons-compress 1.26",
                    call -> List.of("putArchiveEntry", "getNextEntry").contains(call.getName())
                            && call.getTargetOwner().getSimpleName().startsWith("TarArchive")))
            .because("Testcontainers 1.20 brings an older one");

    @ArchTest
    static final ArchRule onlyAssertionsSeeAssertJ = noClasses()
            .that()
            .resideOutsideOfPackage("org.junitnomos.assertions..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.assertj..");

    /** Who does not bring AssertJ waits all the same. */
    @ArchTest
    static final ArchRule waitingNeedsNoAssertJ = noClasses()
            .that()
            .haveNameMatching(".*\\.RunAwait(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.assertj..");

    @ArchTest
    static final ArchRule oneClassSeesWhatMayBeMissingForPushedMetrics = noClasses()
            .that()
            .resideInAPackage("org.junitnomos..")
            .and()
            .haveNameNotMatching("org\\.junitnomos\\.metrics\\.OtlpDecoder(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.opentelemetry.proto..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule onlyRoomsWithAFormatSeeJackson = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.junitnomos.client..",
                    "org.junitnomos.mantle..",
                    "org.junitnomos.metrics..",
                    "org.junitnomos.journal..",
                    "org.junitnomos.report..",
                    "org.junitnomos.devnode..",
                    "org.junitnomos.deploy.external..",
                    "org.junitnomos.deploy.process..",
                    "org.junitnomos.deploy.real..",
                    "org.junitnomos.deploy.container..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule onlyMantleSeesBouncyCastle = noClasses()
            .that()
            .resideOutsideOfPackage("org.junitnomos.mantle..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    // ---- what users see

    @ArchTest
    static final ArchRule publicTypesDeclareTheirStatus =
            classes().that().arePublic().and().areTopLevelClasses().should().beAnnotatedWith(API.class);

    @ArchTest
    static final ArchRule publicSignaturesUseNoThirdPartyTypes = classes()
            .that()
            .arePublic()
            .and()
            .doNotHaveSimpleName("ClusterNetwork") // what Testcontainers takes, for containers of users
            .and()
            .resideOutsideOfPackage("org.junitnomos.assertions..") // AssertJ's own, which users bring
            .should(exposeOnly("java.", "javax.", "org.junitnomos.", "org.junit.", "org.opentest4j."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule publicClassesAreFinalUnlessMadeForExtension = classes()
            .that()
            .arePublic()
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAssignableTo(Throwable.class)
            .and()
            .areNotAssignableTo(AbstractAssert.class) // soft assertions stand in for them by subclasses
            .should()
            .haveModifier(FINAL)
            .orShould()
            .haveModifier(ABSTRACT)
            .allowEmptyShould(true);

    // ---- time and chance

    @ArchTest
    static final ArchRule onlyTimeReadsTheWallClockOrSleeps = noClasses()
            .that()
            .resideOutsideOfPackage("org.junitnomos.time..")
            // A dev node that is a process of its own has no timeline to be told the time by.
            .and()
            .doNotHaveFullyQualifiedName("org.junitnomos.devnode.program.SystemTime")
            .should()
            .accessTargetWhere(method(Thread.class, "sleep", "onSpinWait")
                    .or(method(TimeUnit.class, "sleep"))
                    .or(method(System.class, "currentTimeMillis", "nanoTime"))
                    .or(method(Instant.class, "now"))
                    .or(method(LocalDateTime.class, "now"))
                    .or(method(Clock.class, "systemUTC", "systemDefaultZone", "system", "tickMillis")));

    @ArchTest
    static final ArchRule noCollectionWithASaltedOrder = noClasses()
            .should()
            .accessTargetWhere(method(Set.class, "of", "copyOf")
                    .or(method(Map.class, "of", "ofEntries", "copyOf"))
                    .and(not(withoutParameters()))
                    .or(method(Collectors.class, "toUnmodifiableSet", "toUnmodifiableMap")))
            .because("their iteration order differs from one JVM to the next, and with it the journal");

    @ArchTest
    static final ArchRule noMathThatMayDifferBetweenMachines = noClasses()
            .should()
            .accessTargetWhere(method(
                    Math.class,
                    "exp",
                    "expm1",
                    "log",
                    "log10",
                    "log1p",
                    "pow",
                    "cbrt",
                    "hypot",
                    "sin",
                    "cos",
                    "tan",
                    "asin",
                    "acos",
                    "atan",
                    "atan2",
                    "sinh",
                    "cosh",
                    "tanh"))
            .because("only StrictMath gives the same last bit everywhere");

    @ArchTest
    static final ArchRule chanceComesFromTheSeed = noClasses()
            .that()
            .resideInAnyPackage(DETERMINISTIC_ROOMS)
            .should()
            .accessTargetWhere(method(Math.class, "random")
                    .or(method(UUID.class, "randomUUID"))
                    .or(method(System.class, "identityHashCode"))
                    .or(type(ThreadLocalRandom.class))
                    .or(type(SecureRandom.class))
                    .or(constructor(Random.class).and(withoutParameters())))
            .allowEmptyShould(true);

    // ---- house rules

    @ArchTest
    static final ArchRule noMutableStaticState =
            fields().that().areStatic().should().beFinal().allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheConsolesWriteToStandardStreams = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.junitnomos.report.Console")
            .and()
            .doNotHaveFullyQualifiedName("org.junitnomos.runner.JvmHalt")
            .and()
            .doNotHaveFullyQualifiedName("org.junitnomos.devnode.program.DevNodeMain")
            .and()
            .doNotHaveFullyQualifiedName("org.junitnomos.devnode.program.NameLookupMain")
            .and()
            .doNotHaveFullyQualifiedName("org.junitnomos.devnode.program.ProgramLog")
            .and()
            .doNotHaveFullyQualifiedName("org.junitnomos.deploy.container.offline.ImageMain")
            .and() // there is no logger yet, and nothing else that works, when it says that JUnit is too old
            .doNotHaveFullyQualifiedName("org.junitnomos.jupiter.JupiterVersion")
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule noGenericExceptions = GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    /** A logger that is made before there is anything to say lets SLF4J complain in projects without a provider. */
    @ArchTest
    static final ArchRule loggersAreMadeWhereTheyAreUsed = fields().should().notHaveRawType("org.slf4j.Logger");

    @ArchTest
    static final ArchRule noJavaUtilLogging = GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
}
