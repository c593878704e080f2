package org.junitnomos.mantle;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The id of a service declaration: a Blake2b-256 hash of service, provider and locators (node contract 2.3).
 *
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class DeclarationId extends Id32 {

    DeclarationId(byte[] bytes) {
        super(bytes);
    }

    /**
     * Wraps 32 bytes.
     *
     * @param bytes the bytes; copied
     * @throws WireFormatException if there are not exactly 32 bytes
     */
    public static DeclarationId of(byte[] bytes) {
        return new DeclarationId(bytes.clone());
    }
}
