package org.junitnomos.deploy.diagnosis;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.diagnosis.Rules.Place;
import org.junitnomos.deploy.diagnosis.Rules.Rule;
import org.junitnomos.time.VisibleText;

/**
 * The probable cause of a node that did not start or ended by itself.
 *
 * @param signature the known cause
 * @param evidence what gave it away: a line of the node, or a few words
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Diagnosis(Signature signature, String evidence) {
    private static final int LONGEST_EVIDENCE = 200;

    public Diagnosis {
        Objects.requireNonNull(signature, "signature");
        evidence = VisibleText.of(evidence.strip());
        evidence = evidence.length() <= LONGEST_EVIDENCE ? evidence : evidence.substring(0, LONGEST_EVIDENCE) + "...";
    }

    /**
     * Finds the cause: a pure function of the symptoms.
     *
     * @param symptoms what is known of the node
     * @return the first known cause that fits; empty if none does
     */
    public static Optional<Diagnosis> of(Symptoms symptoms) {
        for (Rule rule : Rules.ALL) {
            Integer exitCode = symptoms.exitCode();
            if (!rule.exitCodes().isEmpty()
                    && (exitCode == null || !rule.exitCodes().contains(exitCode))) {
                continue;
            }
            String found = rule.isAboutExitCode() ? ExitCode.describe(exitCode) : find(rule, symptoms);
            if (found != null) {
                return Optional.of(new Diagnosis(rule.signature(), found));
            }
        }
        return Optional.empty();
    }

    /** The last line that fits: a log may tell of trouble that was overcome before. */
    private static @Nullable String find(Rule rule, Symptoms symptoms) {
        if (rule.place() != Place.OUTPUT
                && rule.pattern().matcher(symptoms.startFailure()).find()) {
            return symptoms.startFailure();
        }
        if (rule.place() == Place.START) {
            return null;
        }
        for (int i = symptoms.output().size() - 1; i >= 0; i--) {
            if (rule.pattern().matcher(symptoms.output().get(i)).find()) {
                return symptoms.output().get(i);
            }
        }
        return null;
    }

    /** {@return cause, evidence and fix as they stand in a failure: two sentences on one line} */
    public String text() {
        return "Probable cause: " + signature.label() + " (" + evidence + "). Fix: " + signature.fix() + ".";
    }

    /**
     * Says why a process ended, as it stands in the events of a run: without paths, on one line.
     *
     * @param symptoms what is known of a process that ended
     * @return its exit code, and the known cause with its fix if there is one
     */
    public static String reasonOfEnd(Symptoms symptoms) {
        String code = ExitCode.describe(symptoms.exitCode());
        return of(symptoms)
                .map(Diagnosis::signature)
                .map(known -> code + "; probable cause: " + known.label() + "; fix: " + known.fix())
                .orElse(code);
    }
}
