package benchmarks.driver;

/**
 * Something that is measured together.
 *
 * @param name by which it is asked for, and of its region of the page
 * @param seconds that it takes on two processors with nothing else to do, when nobody is in a hurry
 * @param least seconds in which something comes of it
 * @param measure measures
 */
record Row(String name, int seconds, int least, Measure measure) {
    /** Measures a row. */
    @FunctionalInterface
    interface Measure {
        /** Measures as long as {@link Bench#goOn} or {@link Bench#left} say, and tells what it found out. */
        void measure(Bench bench) throws Exception;
    }

    /** Says that a row cannot be measured here. */
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1;

        Missing(String why) {
            super(why);
        }
    }
}
