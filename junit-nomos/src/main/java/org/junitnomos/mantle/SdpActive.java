package org.junitnomos.mantle;

import java.util.Objects;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The report that a declared provider is active (node contract 2.7).
 *
 * @param declarationId the declaration
 * @param nonce a number above the nonce of the declaration, unsigned
 * @param metadata the report of the service
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public record SdpActive(DeclarationId declarationId, long nonce, ActivityMetadata metadata) implements Op {

    static final int OPCODE = 0x22;

    public SdpActive {
        Objects.requireNonNull(declarationId, "declarationId");
        Objects.requireNonNull(metadata, "metadata");
    }

    @Override
    public int opcode() {
        return OPCODE;
    }

    @Override
    public long executionGas() {
        return 2705;
    }
}
