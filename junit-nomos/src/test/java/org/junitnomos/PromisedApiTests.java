package org.junitnomos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.PromisedApi.haveAtMost;
import static org.junitnomos.PromisedApi.promised;
import static org.junitnomos.PromisedApi.showOnlyWhatIsPromised;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** Keeps the promise to users small, whole and checked. */
@AnalyzeClasses(packages = "org.junitnomos", importOptions = DoNotIncludeTests.class)
class PromisedApiTests {
    private static final int MOST_COMPONENTS = 5;

    private static final Map<String, String> MAY_HAVE_MORE = new LinkedHashMap<>();

    static {
        var event = "a line of the journal, whose components are its keys; the reader builds it from them";
        for (var name : new String[] {
            "BlobSubmitted",
            "BlockObserved",
            "ChannelMessageObserved",
            "ContradictionSeen",
            "FaultPlanned",
            "InscriptionSubmitted",
            "LoadDelivered",
            "RunStarted",
            "TipChanged"
        }) {
            MAY_HAVE_MORE.put("JournalEvent." + name, event);
        }
        MAY_HAVE_MORE.put("MetricBound", "users make it with of(...) and its other methods");
        MAY_HAVE_MORE.put("RandomRestartsFault", "users make it with a shorter constructor and by(...)");
        MAY_HAVE_MORE.put("DataAvailabilityWorkload", "users make it with its builder");
        MAY_HAVE_MORE.put("TopologySpec", "users make it with of(...) or the builder of a scenario");
    }

    @ArchTest
    static final ArchRule signaturesShowOnlyWhatIsPromised =
            classes().that(promised()).should(showOnlyWhatIsPromised());

    @ArchTest
    static final ArchRule recordsHaveFewComponents =
            classes().that(promised()).should(haveAtMost(MOST_COMPONENTS, MAY_HAVE_MORE));

    @ArchTest
    static void everyRecordThatMayHaveMoreComponentsHasMore(JavaClasses classes) {
        assertThat(classes.stream()
                        .filter(PromisedApi::isPromised)
                        .filter(type -> type.isRecord() && PromisedApi.components(type) > MOST_COMPONENTS)
                        .map(PromisedApi::nameOf))
                .containsAll(MAY_HAVE_MORE.keySet());
    }

    @ArchTest
    static void usersAreToldOfEveryPromisedType(JavaClasses classes) throws IOException {
        var words = UserPages.words(Path.of(".."));
        var told = new TreeSet<String>();
        var open = new ArrayDeque<JavaClass>();
        for (var type : classes) {
            if (PromisedApi.isPromised(type)
                    && words.contains(PromisedApi.outermost(type).getSimpleName())) {
                open.add(type);
            }
        }
        while (!open.isEmpty()) {
            var type = open.remove();
            if (told.add(type.getName())) {
                PromisedApi.shownBy(type).stream()
                        .map(PromisedApi::outermost)
                        .flatMap(shown -> withNested(classes, shown).stream())
                        .filter(PromisedApi::isPromised)
                        .forEach(open::add);
            }
        }
        assertThat(classes.stream()
                        .filter(PromisedApi::isPromised)
                        .map(JavaClass::getName)
                        .filter(name -> !told.contains(name)))
                .as("promised types that no page for users and no sample names, nor the signature of one of those")
                .isEmpty();
    }

    private static Collection<JavaClass> withNested(JavaClasses classes, JavaClass outer) {
        return classes.stream()
                .filter(type -> PromisedApi.outermost(type).equals(outer))
                .toList();
    }

    @ArchTest
    static void compatibilityIsCheckedOfWhatIsPromisedAndOfNothingElse(JavaClasses classes) throws Exception {
        var checked = CheckedApi.of(Path.of("..", "pom.xml"));
        assertThat(classes.stream()
                        .filter(type -> type.getEnclosingClass().isEmpty()
                                && type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> PromisedApi.isPromised(type) != checked.covers(type))
                        .map(JavaClass::getName))
                .as("types that japicmp in pom.xml checks without a promise, or does not check in spite of one")
                .isEmpty();
        assertThat(checked.unknown(classes))
                .as("names in pom.xml that nothing has")
                .isEmpty();
    }

    @ArchTest
    static void aBackendOfOnesOwnNeedsNothingElse(JavaClasses classes) {
        var own = new ClassFileImporter()
                .importPackages("org.junitnomos.acceptance")
                .that(JavaClass.Predicates.simpleNameStartingWith("OwnBackend")
                        .and(DescribedPredicate.not(JavaClass.Predicates.simpleNameEndingWith("Tests"))));
        assertThat(own.stream()
                        .map(PromisedApi::outermost)
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getName())
                        .filter(classes::contain)
                        .map(classes::get)
                        .filter(target -> !PromisedApi.isPromised(target))
                        .map(JavaClass::getName))
                .isEmpty();
        assertThat(own).isNotEmpty();
    }
}
