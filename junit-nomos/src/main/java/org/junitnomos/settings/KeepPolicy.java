package org.junitnomos.settings;

import java.util.Locale;
import org.apiguardian.api.API;

/** Of which runs the state and logs of the nodes are kept; journal and report are kept of every run. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum KeepPolicy {
    /** Of no run. */
    NEVER,
    /** Of every run that did not pass. */
    FAILED,
    /** Of every run. */
    ALWAYS;

    /** {@return the policy in lower case, as it stands in settings} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
