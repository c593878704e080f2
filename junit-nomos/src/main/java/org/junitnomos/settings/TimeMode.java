package org.junitnomos.settings;

import java.util.Locale;
import org.apiguardian.api.API;

/** How the time of a run passes. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum TimeMode {
    /** Jump from event to event; only where the backend can. */
    VIRTUAL,
    /** As on the wall. */
    REAL;

    /** {@return the mode in lower case, as it stands in settings and reports} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
