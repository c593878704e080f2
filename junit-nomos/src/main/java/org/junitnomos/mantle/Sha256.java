package org.junitnomos.mantle;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apiguardian.api.API;

/** Names bytes by their SHA-256, as the journal names the content of a blob. */
@API(status = INTERNAL, since = "0.1")
public final class Sha256 {

    private Sha256() {}

    /** Computes the SHA-256 of bytes, in hexadecimal. */
    public static String hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
