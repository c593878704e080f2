package org.junitnomos.deploy.program;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apiguardian.api.API;

/** Hashes what makes something another thing; for one thread. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Fingerprint {
    private final MessageDigest digest = sha256();

    /** Begins with nothing. */
    public Fingerprint() {}

    /** Creates the SHA-256 hash that names content, also that of the layers of an image. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Adds a text and its end.
     *
     * @param text any
     * @return this
     */
    public Fingerprint add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return this;
    }

    /**
     * Adds bytes.
     *
     * @param bytes any
     * @return this
     */
    public Fingerprint add(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    /** Ends, gives 64 hexadecimal digits, and begins anew. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
