package org.junitnomos.deploy.real;

import java.io.IOException;

/**
 * The file with the parameters of KZG over BLS12-381 (node contract 4.2), as nodes read it: the powers of G1, those for
 * hiding with the number of each, two points of G2, and the negative powers of G2 with the number of each; before each
 * list stands how many it has. Points are not compressed.
 */
final class KzgParameters {
    private static final int COUNT = Long.BYTES;
    private static final int BYTES_OF_G1 = 96;
    private static final int BYTES_OF_G2 = 192;

    /** Far more than anybody has; who reads more does not read this form. */
    private static final long MOST = 1L << 24;

    private KzgParameters() {}

    /** The same as {@link DataFile.Form#length}. */
    static long length(DataFile file) throws IOException {
        long powers = file.number(0, COUNT);
        if (powers < 1 || powers > MOST) {
            return 0;
        }
        long end = COUNT + powers * BYTES_OF_G1;
        long hiding = file.number(end, COUNT);
        if (hiding < 0 || hiding > MOST) {
            return 0;
        }
        end += COUNT + hiding * (COUNT + BYTES_OF_G1) + 2 * BYTES_OF_G2;
        long negative = file.number(end, COUNT);
        return negative < 0 || negative > MOST ? 0 : end + COUNT + negative * (COUNT + BYTES_OF_G2);
    }
}
