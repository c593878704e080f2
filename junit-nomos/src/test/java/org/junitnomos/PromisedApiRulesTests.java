package org.junitnomos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.PromisedApi.haveAtMost;
import static org.junitnomos.PromisedApi.showOnlyWhatIsPromised;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of {@link PromisedApiTests} are red where they should be. */
class PromisedApiRulesTests {
    private static final JavaClasses PLANTED = new ClassFileImporter()
            .importClasses(
                    Hidden.class,
                    Supertype.class,
                    GenericSupertype.class,
                    Parameter.class,
                    Result.class,
                    GenericResult.class,
                    ArrayResult.class,
                    Component.class,
                    Thrown.class,
                    Bound.class,
                    Field.class,
                    Unmarked.class,
                    Sound.class,
                    Wide.class);

    @API(status = API.Status.INTERNAL)
    public static class Hidden extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @API(status = API.Status.EXPERIMENTAL)
    public static class Supertype extends Hidden {
        private static final long serialVersionUID = 1L;
    }

    @API(status = API.Status.EXPERIMENTAL)
    public interface GenericSupertype extends Supplier<Hidden> {}

    @API(status = API.Status.EXPERIMENTAL)
    public interface Parameter {
        void take(Hidden hidden);
    }

    @API(status = API.Status.EXPERIMENTAL)
    public interface Result {
        Hidden give();
    }

    @API(status = API.Status.EXPERIMENTAL)
    public interface GenericResult {
        Map<String, List<? extends Hidden>> give();
    }

    @API(status = API.Status.EXPERIMENTAL)
    public interface ArrayResult {
        Hidden[] give();
    }

    @API(status = API.Status.EXPERIMENTAL)
    public record Component(Hidden hidden) {}

    @API(status = API.Status.EXPERIMENTAL)
    public interface Thrown {
        void fail() throws Hidden;
    }

    @API(status = API.Status.EXPERIMENTAL)
    public interface Bound {
        <T extends Hidden> T give(Class<T> type);
    }

    @API(status = API.Status.EXPERIMENTAL)
    public abstract static class Field {
        protected Hidden hidden;
    }

    @API(status = API.Status.EXPERIMENTAL)
    public interface Unmarked {
        ArchitectureConditions show();
    }

    @API(status = API.Status.EXPERIMENTAL)
    public abstract static class Sound {
        private Hidden own;

        @API(status = API.Status.INTERNAL)
        public abstract Hidden forOtherRooms();

        abstract Hidden forThisRoom();
    }

    @API(status = API.Status.EXPERIMENTAL)
    public record Wide(int a, int b, int c) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Supertype",
                "GenericSupertype",
                "Parameter",
                "Result",
                "GenericResult",
                "ArrayResult",
                "Component",
                "Thrown",
                "Bound",
                "Field"
            })
    void anInternalTypeIsFoundWhereverItIsShown(String owner) {
        assertThat(violations(owner, showOnlyWhatIsPromised()))
                .anySatisfy(violation -> assertThat(violation)
                        .contains(owner)
                        .endsWith("shows " + Hidden.class.getName() + ", which is not promised"));
    }

    @Test
    void aTypeWithoutAMarkIsNotPromised() {
        assertThat(violations("Unmarked", showOnlyWhatIsPromised())).hasSize(1);
    }

    @Test
    void whatUsersDoNotSeeMayBeInternal() {
        assertThat(violations("Sound", showOnlyWhatIsPromised())).isEmpty();
    }

    @Test
    void aRecordWithTooManyComponentsNeedsAReason() {
        assertThat(violations("Wide", haveAtMost(3, Map.of()))).isEmpty();
        assertThat(violations("Wide", haveAtMost(2, Map.of())))
                .containsExactly(Wide.class.getName() + " has 3 components, expected at most 2");
        assertThat(violations("Wide", haveAtMost(2, Map.of("PromisedApiRulesTests.Wide", "a reason"))))
                .isEmpty();
    }

    private static List<String> violations(String owner, ArchCondition<JavaClass> condition) {
        return classes()
                .that()
                .haveSimpleName(owner)
                .should(condition)
                .evaluate(PLANTED)
                .getFailureReport()
                .getDetails();
    }
}
