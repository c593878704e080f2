package org.junitnomos.mantle;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a node as provider of a service; the body of {@code POST /sdp/declaration} too (node contract
 * 2.7).
 *
 * @param serviceType the service
 * @param locators the addresses of the provider, at most 255
 * @param providerId the key of the provider
 * @param zkId the key that manages the declaration
 * @param lockedNote the note locked as stake
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public record SdpDeclare(
        ServiceType serviceType,
        List<Multiaddr> locators,
        Ed25519PublicKey providerId,
        ZkPublicKey zkId,
        NoteId lockedNote)
        implements Op {

    static final int OPCODE = 0x20;

    public SdpDeclare {
        Objects.requireNonNull(serviceType, "serviceType");
        locators = WireLimits.atMost("locators", locators, 255);
        Objects.requireNonNull(providerId, "providerId");
        Objects.requireNonNull(zkId, "zkId");
        Objects.requireNonNull(lockedNote, "lockedNote");
    }

    @Override
    public int opcode() {
        return OPCODE;
    }

    @Override
    public long executionGas() {
        return 2727;
    }

    /**
     * Computes the id of this declaration: the Blake2b-256 hash of service, provider, zk id in Montgomery form, and
     * locators (node contract 2.3).
     */
    public DeclarationId declarationId() {
        byte[][] parts = new byte[3 + locators.size()][];
        parts[0] = serviceType.code().getBytes(StandardCharsets.US_ASCII);
        parts[1] = providerId.raw();
        parts[2] = zkId.value().montgomeryBytes();
        for (int i = 0; i < locators.size(); i++) {
            parts[3 + i] = locators.get(i).raw();
        }
        return new DeclarationId(Blake2b.hash(parts));
    }

    /** By hand, as {@link #hashCode}: what a record derives is linked when it is first used, while nodes start. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof SdpDeclare that
                        && serviceType == that.serviceType
                        && locators.equals(that.locators)
                        && providerId.equals(that.providerId)
                        && zkId.equals(that.zkId)
                        && lockedNote.equals(that.lockedNote));
    }

    @Override
    public int hashCode() {
        return 31
                        * (31 * (31 * (31 * serviceType.hashCode() + locators.hashCode()) + providerId.hashCode())
                                + zkId.hashCode())
                + lockedNote.hashCode();
    }
}
