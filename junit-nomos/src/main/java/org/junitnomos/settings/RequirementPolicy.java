package org.junitnomos.settings;

import java.util.Locale;
import org.apiguardian.api.API;

/** What happens to a test whose backend cannot run on this machine. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum RequirementPolicy {
    /** It is skipped, with the reason. */
    SKIP,
    /** It fails, with the reason. */
    FAIL;

    /** {@return the policy in lower case, as it stands in settings} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
