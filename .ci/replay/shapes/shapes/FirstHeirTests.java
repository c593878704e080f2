package shapes;

import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.Topology;

@Topology(validators = 1)
@RunFor("4s")
class FirstHeirTests extends Base {}
