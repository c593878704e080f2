package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.topology.TopologySpec;

class PointFilterTests {
    private static final SweepPoint POINT =
            new SweepPoint(4, TopologySpec.of(3, 1), "embedded", List.of("validators", "executors"), false, null);

    @Test
    void matchesWhenEveryNamedKeyDoes() {
        assertThat(PointFilter.parse("validators=3,executors=1").matches(POINT)).isTrue();
        assertThat(PointFilter.parse(" executors = 1 ").matches(POINT)).isTrue();
        assertThat(PointFilter.parse("layout=STAR,backend=embedded,point=4").matches(POINT))
                .isTrue();
        assertThat(PointFilter.parse("validators=3,executors=2").matches(POINT)).isFalse();
    }

    @Test
    void takesTheReasonAfterTheColon() {
        assertThat(PointFilter.parse("validators=3: slow: too slow").reason()).isEqualTo("slow: too slow");
        assertThat(PointFilter.parse("validators=3").reason()).isEmpty();
    }

    @Test
    void aLabelSelectsItsPoint() {
        assertThat(POINT.label()).isEqualTo("validators=3,executors=1");
        assertThat(PointFilter.parse(POINT.label()).matches(POINT)).isTrue();
    }

    @Test
    void namesTheUnknownKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PointFilter.parse("validators=3,nodes=4"))
                .withMessage(
                        "'nodes=4' is no condition: key=value with a key of validators, executors, layout, backend,"
                                + " point");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PointFilter.parse("validators"))
                .withMessageStartingWith("'validators' is no condition");
        assertThatIllegalArgumentException().isThrownBy(() -> PointFilter.parse(""));
    }

    @Test
    void fillsTheNamePattern() {
        assertThat(POINT.displayName("{index}: {validators}v {executors}x {layout} on {backend} ({point})"))
                .isEqualTo("4: 3v 1x star on embedded (validators=3,executors=1)");
    }
}
