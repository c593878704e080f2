package org.junitnomos.mantle;

import java.util.Objects;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The withdrawal of a declaration, which unlocks its note (node contract 2.7).
 *
 * @param declarationId the declaration
 * @param lockedNote the note to unlock
 * @param nonce a number above the nonce of the declaration, unsigned
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public record SdpWithdraw(DeclarationId declarationId, NoteId lockedNote, long nonce) implements Op {

    static final int OPCODE = 0x21;

    public SdpWithdraw {
        Objects.requireNonNull(declarationId, "declarationId");
        Objects.requireNonNull(lockedNote, "lockedNote");
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
