package org.junitnomos.feed;

/**
 * An answer that does not fit.
 *
 * @param about what it is about: the same words for all answers of a kind
 * @param expected what would fit
 * @param observed what was answered
 */
record Misfit(String about, String expected, String observed) {

    static final String HEADER = "header of a block";
    static final String TRANSACTIONS = "transactions of a block";
    static final String FORM = "form of a block";
    static final String NOT_SERVED = "a block of its chain";
    static final String SLOT_ORDER = "order of slots";
    static final String SLOT = "slot of the tip";
    static final String HEIGHT = "height of the tip";
    static final String LIB = "last irreversible block";
    static final String MODE = "mode";
    static final String HEADERS_FROM_TIP = "headers from the tip";
    static final String HEADERS_FROM_BLOCK = "headers from a block";
    static final String HEADERS_ANSWER = "an answer about headers";
    static final String BLOCK_ANSWER = "an answer about a block";
    static final String HELD_BLOCK = "tip and blocks that it has";
    static final String STREAM = "block stream";
    static final String STREAM_AND_TIP = "block stream and tip";
}
