package org.junitnomos.settings;

import org.apiguardian.api.API;

/** Tells why a text cannot be used for a setting, where what is expected does not say it. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class UnusableSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param reason for people, stands in parentheses after what is expected
     */
    public UnusableSettingException(String reason) {
        super(reason);
    }
}
