package org.junitnomos.deploy.nft;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.IOException;
import org.apiguardian.api.API;

/** The program said no, or cannot be started: nothing was changed. */
@API(status = INTERNAL, since = "0.1")
public final class NftRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param message what the program said
     */
    public NftRefusedException(String message) {
        super(message);
    }
}
