package org.junitnomos.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;

/** A plan is wrong; the text names everything that is, all at once. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ScenarioValidationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String plan;
    private final ArrayList<String> problems;

    /**
     * Creates the exception.
     *
     * @param plan what is wrong, for example {@code "Scenario 'steady state'"}
     * @param problems one text a problem, see {@link Problems#texts()}; at least one
     */
    public ScenarioValidationException(String plan, List<String> problems) {
        super(text(plan, problems));
        this.plan = plan;
        this.problems = new ArrayList<>(problems);
    }

    private static String text(String plan, List<String> problems) {
        Objects.requireNonNull(plan, "plan");
        var text = new StringBuilder(plan).append(" has ").append(problems.size());
        text.append(problems.size() == 1 ? " problem:" : " problems:");
        for (int i = 0; i < problems.size(); i++) {
            text.append("\n  (").append(i + 1).append(") ").append(problems.get(i));
        }
        return text.toString();
    }

    /**
     * Returns what is wrong.
     *
     * @return name of the plan as it stands in the message
     */
    public String plan() {
        return plan;
    }

    /**
     * Returns the problems.
     *
     * @return one text a problem, without numbers
     */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
