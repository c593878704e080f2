package shapes

import org.junit.jupiter.api.Nested
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import org.junitnomos.jupiter.RunFor
import org.junitnomos.jupiter.ScenarioTest
import org.junitnomos.jupiter.Topology
import org.junitnomos.scenario.RunContext

private fun planted(test: String, run: RunContext) {
    throw AssertionError("planted in $test, seed ${run.seed()}" + System.getProperty("shapes.way", ""))
}

@Topology(validators = 2)
@RunFor("4s")
class KotlinTests {
    @Test
    fun `stops & starts (again) fails`(run: RunContext) = planted("stops", run)

    @ScenarioTest
    fun `a scenario's name, with a comma`(run: RunContext) = planted("scenario", run)

    @ParameterizedTest
    @ValueSource(strings = ["a", "b & c"])
    fun `takes (values)`(value: String, run: RunContext) {
        if (value != "a") planted("takes $value", run)
    }

    @Test
    fun passes(run: RunContext) {}

    @Nested
    inner class `Inner & outer` {
        @Test
        fun `fails in here (too)`(run: RunContext) = planted("inner", run)

        @Test
        fun plain(run: RunContext) = planted("plain in inner", run)
    }

    @Test
    internal fun hidden(run: RunContext) = planted("internal", run)
}

abstract class KotlinBase {
    @Nested
    inner class Deep {
        @ScenarioTest
        fun `fails & inherits`(run: RunContext) = planted("deep in ${this@KotlinBase.javaClass.simpleName}", run)
    }
}

@Topology(validators = 1)
@RunFor("4s")
class KotlinHeirTests : KotlinBase()

@Topology(validators = 2)
@RunFor("4s")
class `Other & heir Tests` : KotlinBase()
