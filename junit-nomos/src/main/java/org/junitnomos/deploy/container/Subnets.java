package org.junitnomos.deploy.container;

import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * A range of IPv4 addresses that is cut into networks of 256, one for each deployment.
 *
 * @param first first address as a number
 * @param count how many networks it has
 */
record Subnets(int first, int count) {
    /** Private addresses that neither engines nor clusters hand out by themselves. */
    static final String USUAL = "10.213.0.0/16";

    static final String EXPECTED = "the first address of a network and its length from 8 to 24, for example " + USUAL;

    private static final int BITS = 32;
    private static final int SIZE_BITS = 8;
    private static final int LEAST_PREFIX = 8;
    private static final int OCTETS = 4;

    /**
     * Reads a range.
     *
     * @throws IllegalArgumentException if the text is no range
     */
    static Subnets parse(String text) {
        String[] parts = text.split("/", -1);
        String[] octets = parts[0].split("\\.", -1);
        if (parts.length == 2 && octets.length == OCTETS) {
            int address = 0;
            for (String octet : octets) {
                address = address << SIZE_BITS | number(octet, 255);
            }
            int prefix = number(parts[1], BITS - SIZE_BITS);
            if (prefix >= LEAST_PREFIX && (address & -1 >>> prefix) == 0) {
                return new Subnets(address, 1 << BITS - SIZE_BITS - prefix);
            }
        }
        throw new IllegalArgumentException("no range: " + text);
    }

    private static int number(String text, int most) {
        int number = Integer.parseInt(text);
        if (number < 0 || number > most || text.length() > 3) {
            throw new NumberFormatException(text);
        }
        return number;
    }

    /** All networks, beginning with one of that number, so that two JVMs seldom want the same. */
    Iterator<Subnet> beginningWith(long number) {
        int start = (int) Long.remainderUnsigned(number, count);
        return IntStream.range(0, count)
                .mapToObj(i -> new Subnet(first + ((start + i) % count << SIZE_BITS)))
                .iterator();
    }

    /**
     * One network of 256 addresses.
     *
     * @param network its first address as a number
     */
    record Subnet(int network) {
        /** The engine takes the first address for itself, if it is not told another one. */
        static final int GATEWAY = 1;

        static final int FIRST_NODE = 2;

        static final int LAST_NODE = 254;

        String address(int host) {
            int address = network + host;
            return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "."
                    + (address & 255);
        }

        @Override
        public String toString() {
            return address(0) + "/24";
        }
    }
}
