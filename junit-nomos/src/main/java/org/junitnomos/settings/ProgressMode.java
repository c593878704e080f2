package org.junitnomos.settings;

import java.util.Locale;
import org.apiguardian.api.API;

/** How a run shows its progress on the console. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum ProgressMode {
    /** A bar on a terminal, whole lines elsewhere. */
    AUTO,
    /** Whole lines, also on a terminal. */
    PLAIN,
    /** As {@link #AUTO}, and what happens, as it happens. */
    VERBOSE,
    /** Nothing. */
    OFF;

    /** {@return the mode in lower case, as it stands in settings} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
