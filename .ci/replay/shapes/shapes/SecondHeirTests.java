package shapes;

import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.Topology;

@Topology(validators = 2)
@RunFor("4s")
class SecondHeirTests extends Base implements DefaultMethods {}
