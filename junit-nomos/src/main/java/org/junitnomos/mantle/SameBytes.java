package org.junitnomos.mantle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as a key, equal by content.
 *
 * @param bytes not copied, so nobody may change them any more
 */
record SameBytes(byte[] bytes) {

    /** How many bytes at each end tell apart what is hashed; all are compared. */
    private static final int SAMPLE = 512;

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SameBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        int hash = bytes.length;
        for (int i = 0; i < Math.min(SAMPLE, bytes.length); i++) {
            hash = 31 * hash + bytes[i] + 17 * bytes[bytes.length - 1 - i];
        }
        return hash;
    }
}
