package org.junitnomos.mantle;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A service a node can declare (node contract 1.2).
 *
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public enum ServiceType {
    /** The Blend network; {@code BN} on the wire. */
    BLEND("BN"),
    /** Data availability; {@code DA} on the wire. */
    DATA_AVAILABILITY("DA");

    private final String code;

    ServiceType(String code) {
        this.code = code;
    }

    /** {@return the name of this service on the wire, {@code BN} or {@code DA}} */
    public String code() {
        return code;
    }

    /**
     * Finds a service by its name on the wire.
     *
     * @param code {@code BN} or {@code DA}
     * @throws WireFormatException if the name is anything else
     */
    public static ServiceType fromCode(String code) {
        for (ServiceType type : values()) {
            if (type.code.equals(code)) {
                return type;
            }
        }
        throw new WireFormatException("", "expected \"BN\" or \"DA\" but was \"" + code + "\"");
    }
}
